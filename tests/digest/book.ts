/** A small city for digest tests: ten communes, three agencies, a campaign of thirty days, three dated duties. */
import { instantOf } from '../../bot/language/calendar.ts';
import { createPlanIndex } from '../../bot/plan/index.ts';
import type { Book, Passage, ReportingDuty, Role, Unit, UnitId } from '../../bot/plan/types.ts';
import { firstStanding } from '../../bot/report/state.ts';
import type { SubmittedReport, Values } from '../../bot/report/types.ts';

export const COMMUNES = Array.from({ length: 10 }, (_, i) => `xa-${i + 1}`);
export const AGENCIES = ['catp', 'so-y-te', 'so-noi-vu'];
export const EVERYONE = [...AGENCIES, ...COMMUNES];

const T = 'thang-hanh-dong-2026';
const K = 'kh64-2026';

const unit = (id: UnitId): Unit => ({
  id,
  name: `Đơn vị ${id}`,
  kind: COMMUNES.includes(id) ? 'ubnd-xa' : 'so',
  abbr: null,
  aliases: [],
  namesInPlans: [],
  groups: [],
  ...(COMMUNES.includes(id) ? { code: id } : {}),
});

export function passage(plan: string, path: string, text: string, to: [string, Role][] = []): Passage {
  return {
    id: `${plan}/${path}`,
    plan,
    path: path.split('/')[0]!,
    heading: '',
    paragraphs: [text],
    text,
    lines: [],
    assignments: to.map(([party, role]) => ({ party, role, wording: '' })),
    schedule: { kind: 'unstated', wording: '' },
    topics: [],
  };
}

const duty = (id: string, plan: string, name: string, before: string | null, parties = ['g-all']): ReportingDuty => ({
  id,
  plan,
  source: `${plan}/VI.${id}`,
  name,
  kind: before ? 'deadline' : 'occasion',
  parties,
  receiver: 'bo-cong-an',
  through: null,
  wording: '',
  period: null,
  before,
});

const LONG =
  'Tăng cường kiểm tra các cơ sở kinh doanh có điều kiện về an ninh, trật tự; kịp thời phát hiện, xử lý nghiêm các hành vi vi phạm. ';

export const BOOK: Book = {
  units: [...EVERYONE, 'bo-cong-an'].map(unit),
  groups: [
    { id: 'g-all', name: 'Các cơ quan, đơn vị, địa phương', wordings: [], members: EVERYONE },
    { id: 'g-xa', name: 'Ủy ban nhân dân các xã, phường, đặc khu', wordings: [], members: COMMUNES },
    { id: 'g-bao-chi', name: 'Các cơ quan báo chí thành phố', wordings: [], members: [] },
  ],
  plans: [
    {
      id: K,
      title: 'KẾ HOẠCH Phòng, chống ma túy năm 2026',
      short: 'KH 64/KH-BCĐ',
      symbol: '64/KH-BCĐ',
      issuedOn: '2026-05-22',
      issuer: '',
      period: null,
      theme: null,
      passages: [1, 2, 3, 4, 5].map((n) =>
        passage(K, `II.${n}/0`, `Nhiệm vụ thường xuyên số ${n} của Kế hoạch.`, [['g-all', 'implement']]),
      ),
      duties: [
        duty('6-thang', K, 'Báo cáo 6 tháng', '2026-06-16'),
        duty('nam', K, 'Báo cáo năm', '2026-12-16'),
        duty('dot-xuat', K, 'Báo cáo đột xuất', null),
      ],
      facts: [],
    },
    {
      id: T,
      title: 'KẾ HOẠCH Triển khai Tháng hành động',
      short: 'KH Tháng hành động 2026',
      symbol: null,
      issuedOn: null,
      issuer: '',
      period: { from: '2026-06-01', to: '2026-06-30' },
      theme: 'Chung một quyết tâm xây dựng xã, phường, đặc khu không ma túy',
      passages: [
        passage(T, 'II.1/0', '1. Chủ đề'),
        passage(
          T,
          'IV.1/5',
          'Tổ chức các hoạt động hưởng ứng Tháng hành động và Ngày toàn dân phòng, chống ma túy (26/6) bảo đảm thiết thực.',
          [
            ['catp', 'lead'],
            ['g-all', 'coordinate'],
          ],
        ),
        ...[1, 2, 3, 4, 5, 6, 7].map((n) =>
          passage(T, `IV.14/${n}`, `Việc thứ ${n} của xã. ${LONG.repeat(4)}`, [['g-xa', 'implement']]),
        ),
        passage(T, 'IV.2/1', 'Quản lý thuốc gây nghiện.', [['so-y-te', 'lead']]),
        passage(T, 'VI.ket-thuc', 'Báo cáo kết quả về Công an thành phố trước ngày 05/7/2026.', [
          ['g-all', 'implement'],
        ]),
      ],
      duties: [duty('ket-thuc', T, 'Báo cáo kết quả Tháng hành động', '2026-07-05')],
      facts: [{ key: 'theme', plan: T, text: '', sources: [`${T}/II.1/0`] }],
    },
  ],
  topics: [],
};

export const INDEX = createPlanIndex(BOOK);
export const CITY = { kind: 'city' } as const;
export const at = (day: string, clock = '07:30') => instantOf(day, clock);

let serial = 0;
/** An approved report, unless another state is given. */
export function report(
  unitId: UnitId,
  day: string,
  extra: Partial<SubmittedReport> & { clock?: string; values?: Values } = {},
): SubmittedReport {
  const { clock, ...rest } = extra;
  serial += 1;
  const content = { values: rest.values ?? {}, nothing: rest.nothing ?? false };
  const submittedAt = at(day, clock ?? '10:00');
  return {
    ...firstStanding(submittedAt),
    state: 'approved',
    approved: rest.state && rest.state !== 'approved' ? null : content,
    ...content,
    id: `r${serial}`,
    receipt: `BC-2026-${serial}`,
    form: rest.duty ? `bao-cao-${rest.duty}` : 'bao-cao-nhanh',
    version: 1,
    unit: unitId,
    duty: null,
    submittedAt,
    timeliness: 'noDueDate',
    by: 'p1',
    ...rest,
  };
}
