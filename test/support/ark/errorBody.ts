// The shape in which ModelArk says no: one error object, with the request id at the end of its sentence.

export type ErrorType =
  'BadRequest' | 'Unauthorized' | 'Forbidden' | 'NotFound' | 'TooManyRequests' | 'InternalServerError';

export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly param: string;
    readonly type: string;
  };
}

/** Shape from api-facts 2.5. `message` comes without the request id. */
export function errorBody(
  requestId: string,
  error: {
    readonly code: string;
    readonly message: string;
    readonly type: ErrorType;
    readonly param?: string;
  },
): ErrorBody {
  return {
    error: {
      code: error.code,
      message: `${error.message} Request id: ${requestId}`,
      param: error.param ?? '',
      type: error.type,
    },
  };
}

/** The type that goes with an HTTP status (api-facts 2.5). */
export function errorTypeOf(status: number): ErrorType {
  if (status === 401) return 'Unauthorized';
  if (status === 403) return 'Forbidden';
  if (status === 404) return 'NotFound';
  if (status === 429) return 'TooManyRequests';
  return status >= 500 ? 'InternalServerError' : 'BadRequest';
}
