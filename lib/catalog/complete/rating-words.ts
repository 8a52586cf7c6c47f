import type { StrategyKind } from '../service';
import type { planner } from './planner';

type Unstated = NonNullable<ReturnType<ReturnType<typeof planner>['rate']>['gates'][number]['unstated']>;

/** How a rating is told of a strategy. */
interface StrategyWords {
  /** Where gates about requests are asked. */
  readonly place: string;
  /** What becomes of a release that a gate misses. */
  readonly ends: string;
  /** What would make a gate miss fewer bad releases, stop fewer good ones, take less time and fewer pods. */
  readonly fewerMisses: string;
  readonly fewerAlarms: string;
  readonly lessTime: string;
  readonly fewerPods: string;
}

const LATER = 'raise its bound, lower minRequests, or ask it later (initialDelaySeconds)';
const CANARY = 'take a canary with "optimizeFor": "lowOverhead", or accept more';

export const STRATEGY_WORDS: { readonly [K in StrategyKind]: StrategyWords } = {
  canary: {
    place: 'at the steps',
    ends: 'come to all requests',
    fewerMisses:
      'let "auto" work out its numbers, or lower its bound, lengthen its window or raise the weights of the steps',
    fewerAlarms: 'let "auto" work out its numbers, or raise its bound, lower minRequests or lengthen its window',
    lessTime: 'shorten the pauses, or accept more',
    fewerPods: 'write "optimizeFor": "lowOverhead" in strategy, or accept more',
  },
  blueGreen: {
    place: 'in postPromotionGates',
    ends: 'keep all requests after the switch',
    fewerMisses: 'lower its bound, lengthen its window, or let it count more measurements',
    fewerAlarms: LATER,
    lessTime: 'shorten the gates, or accept more',
    fewerPods: CANARY,
  },
  rolling: {
    place: 'in the background',
    ends: 'come to all requests',
    fewerMisses:
      'it must fail while pods are exchanged: raise minReadySeconds, shorten its interval and window, or take a canary',
    fewerAlarms: LATER,
    lessTime: 'lower minReadySeconds or raise maxSurge, or accept more',
    fewerPods: 'lower maxSurge, or accept more',
  },
  abTest: {
    place: 'in abTest.gates',
    ends: 'stay in the test',
    fewerMisses: 'it must fail while pods are exchanged: raise minReadySeconds, or shorten its interval and window',
    fewerAlarms: LATER,
    lessTime: 'lower minReadySeconds or raise maxSurge, or accept more',
    fewerPods: 'lower maxSurge or the replicas of the variants, or accept more',
  },
};

/** Gates about requests that nobody states. */
export const UNSTATED: { readonly [K in Unstated]: { readonly why: string; readonly hint: string } } = {
  preview: {
    why: 'before the switch the preview gets no requests of users, only those of testers or of a Job',
    hint: 'ask it in postPromotionGates too, where all requests are seen, or let a Job make at least minRequests',
  },
  idle: {
    why: 'the colour whose pods are exchanged gets no requests until a commit moves the weights',
    hint: 'watch the alerts after that commit, or take a router that splits requests',
  },
  chosen: {
    why: 'how many requests a header or a cookie leads to the variant is not stated',
    hint: 'give the variant a percent, or let testers make at least minRequests while its pods are exchanged',
  },
};
