// Faults that the client has to answer for, or its account: 4xx other than the limits.
import { errorFault, type ErrorFault } from './errorFault.ts';
import type { Exchange } from './exchange.ts';
import type { Scenario } from './scenario.ts';

const asked = (exchange: Exchange): string => exchange.entry.model ?? '';

const errors: readonly ErrorFault[] = [
  {
    name: 'unauthorized',
    rows: 'F11',
    title: '401, the key is refused',
    status: 401,
    code: 'AuthenticationError',
    message: "The API key doesn't exist.",
  },
  {
    name: 'forbidden-plan',
    rows: 'F12',
    title: '403, no plan or it has expired',
    status: 403,
    code: 'InvalidSubscription',
    message: 'Your account does not have a valid Coding Plan subscription, or it has expired.',
  },
  {
    name: 'forbidden-access',
    rows: 'F12',
    title: '403, no permission',
    status: 403,
    code: 'AccessDenied',
    message: 'The request failed because you do not have access to the requested resource.',
  },
  {
    name: 'forbidden-overdue',
    rows: 'F12 F22',
    title: '403, unpaid bills',
    status: 403,
    code: 'AccountOverdueError',
    message: 'The request failed because your account has an overdue balance.',
  },
  {
    name: 'model-unknown',
    rows: 'F13',
    title: '404, no such model on this lane',
    status: 404,
    code: 'InvalidEndpointOrModel.NotFound',
    message: (exchange) =>
      `The model or endpoint ${asked(exchange)} does not exist or you do not have access to it.`,
  },
  {
    name: 'model-needs-endpoint',
    rows: 'F13',
    title: '404, only by an ep- id',
    status: 404,
    code: 'InvalidEndpointOrModel.ModelIDAccessDisabled',
    message: 'Direct access to the model by its model ID is disabled. Use an endpoint ID instead.',
  },
  {
    name: 'model-not-open',
    rows: 'F13',
    title: '404, the account has not activated the model',
    status: 404,
    code: 'ModelNotOpen',
    message: (exchange) =>
      `Your account 3000000000 has not activated the model ${asked(exchange)}. Please activate the model service in the Ark Console.`,
  },
  {
    name: 'model-not-in-plan',
    rows: 'F13',
    title: '404, the plan does not have the model',
    status: 404,
    code: 'UnsupportedModel',
    message: (exchange) => `The model ${asked(exchange)} does not support the coding plan feature.`,
  },
  {
    name: 'bad-parameter',
    rows: 'F15',
    title: '400 that names nothing optional',
    status: 400,
    code: 'InvalidParameter',
    message: 'The parameter messages.content specified in the request is not valid.',
  },
  {
    name: 'context-too-long',
    rows: 'F16',
    title: '400, the prompt is too long',
    status: 400,
    code: 'OutofContextError',
    message: 'Total tokens of the request exceed the max message tokens: 210000 > 200000.',
  },
  {
    name: 'payload-too-large',
    rows: 'F16',
    title: '413 as JSON',
    status: 413,
    code: 'PayloadTooLarge',
    message: 'Request body exceeds the limit of 10 MB.',
  },
  {
    name: 'sensitive-content',
    rows: 'F17',
    title: '400, the content filter on the prompt',
    status: 400,
    code: 'SensitiveContentDetected',
    message: 'The request failed because the input text may contain sensitive information.',
  },
  {
    name: 'output-policy',
    rows: 'F17',
    title: '400, the content filter on the answer',
    status: 400,
    code: 'OutputTextSensitiveContentDetected.PolicyViolation',
    message: 'The request failed because the output text may contain sensitive information.',
  },
  {
    name: 'unprocessable',
    rows: 'F18',
    title: '422',
    status: 422,
    code: 'InvalidParameter',
    message: 'The request body could not be processed: messages.1.content is not allowed here.',
  },
];

const notFoundPage =
  '<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>';

/** Refuses one optional field of the request for as long as it is sent, and answers without it. */
function refuseField(field: string, message: string): Scenario {
  return {
    name: `refuse-${field.replaceAll('_', '-')}`,
    title: `400 that names ${field} while it is sent; healthy without it`,
    rows: ['F15'],
    endpoint: 'chat',
    run: (exchange) =>
      exchange.body[field] == null
        ? exchange.healthy()
        : exchange.sendError(
            400,
            'InvalidParameter',
            `The parameter ${field} specified in the request is not ${message}`,
            { param: field },
          ),
  };
}

export const refusalFaults: readonly Scenario[] = [
  ...errors.map(errorFault),
  {
    name: 'not-found-html',
    title: '404 as a web page: the base path is wrong',
    rows: ['F14'],
    endpoint: 'chat',
    run: (exchange) => exchange.send(404, 'text/html', notFoundPage),
  },
  refuseField('stream_options', 'supported.'),
  refuseField('thinking', 'supported by this model.'),
  refuseField('reasoning_effort', 'valid: expected one of low, high.'),
  refuseField('max_tokens', 'valid: integer above maximum value, expected a value <= 1024.'),
  refuseField('tools', 'supported by this model.'),
  refuseField('temperature', 'supported by this model.'),
];
