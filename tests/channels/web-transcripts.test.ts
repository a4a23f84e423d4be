import { playOver } from '../support/transcripts.ts';
import { webStage } from '../support/web-stage.ts';

playOver(webStage, false);
