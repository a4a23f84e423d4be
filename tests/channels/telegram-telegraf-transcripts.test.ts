import { telegramStage } from '../support/telegram/stage.ts';
import { playOver } from '../support/transcripts.ts';

playOver((...on) => telegramStage(...on, 'telegraf'), true);
