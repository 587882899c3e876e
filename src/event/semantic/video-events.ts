// Video: playback as a whole, the content in it, the advertisements in it, its quality.
import { flag, group, integer, number, objectOf, oneOf, text, textList, time } from './semantic-event.ts';
import type { Properties, SemanticEvent } from './semantic-event.ts';

const adType = oneOf('pre-roll', 'mid-roll', 'post-roll');

const playback: Properties = {
  session_id: text,
  content_asset_id: text,
  content_pod_id: text,
  ad_asset_id: text,
  ad_pod_id: text,
  ad_type: adType,
  position: number,
  total_length: number,
  bitrate: number,
  framerate: number,
  video_player: text,
  sound: { type: 'number', minimum: 0, maximum: 100 },
  full_screen: flag,
  ad_enabled: flag,
  quality: text,
  livestream: flag,
};

const content: Properties = {
  session_id: text,
  asset_id: text,
  pod_id: text,
  title: text,
  description: text,
  keywords: textList,
  season: text,
  episode: text,
  genre: text,
  program: text,
  publisher: text,
  channel: text,
  full_episode: flag,
  livestream: flag,
  airdate: time,
  position: number,
  total_length: number,
  bitrate: number,
  framerate: number,
};

const advertisement: Properties = {
  session_id: text,
  asset_id: text,
  pod_id: text,
  pod_position: integer,
  pod_length: number,
  type: adType,
  title: text,
  publisher: text,
  position: number,
  total_length: number,
  load_type: oneOf('dynamic', 'linear'),
  content: objectOf(content),
  quartile: integer,
};

export const videoEvents: readonly SemanticEvent[] = group('video', {
  'Video Playback Started': {
    ...playback,
    content_asset_ids: textList,
    content_pod_ids: textList,
    ad_asset_ids: textList,
    ad_pod_ids: textList,
  },
  'Video Playback Paused': playback,
  'Video Playback Interrupted': { ...playback, method: text },
  'Video Playback Buffer Started': playback,
  'Video Playback Buffer Completed': playback,
  'Video Playback Seek Started': { ...playback, seek_position: number },
  'Video Playback Seek Completed': playback,
  'Video Playback Resumed': playback,
  'Video Playback Completed': playback,
  'Video Playback Exited': playback,
  'Video Content Started': content,
  'Video Content Playing': content,
  'Video Content Completed': content,
  'Video Ad Started': advertisement,
  'Video Ad Playing': advertisement,
  'Video Ad Completed': advertisement,
  'Video Quality Updated': { bitrate: number, framerate: number, startupTime: number, droppedFrames: number },
});
