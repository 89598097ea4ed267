// The lane settings' defaults, as the tests start from them.
import type { LaneValues } from '../../../src/core/lane/laneSettings.ts';

export const laneValues: LaneValues = {
  codingBaseUrl: '',
  codingModel: 'auto',
  codingPreferredModels: [],
  generalRegion: 'ap-southeast-1',
  generalBaseUrl: '',
  generalModel: 'auto',
  generalPreferredModels: [],
  lanes: [],
};
