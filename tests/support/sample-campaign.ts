/** A whole city at the end of the Action Month, for tables, documents and pages: the same in every run. */
import { emptyRegister } from '../../bot/desk/standing.ts';
import type { Register, StepKind } from '../../bot/desk/types.ts';
import { instantOf } from '../../bot/language/calendar.ts';
import { firstStanding } from '../../bot/report/state.ts';
import type { SubmittedReport, Values } from '../../bot/report/types.ts';
import { testPlans } from './world.ts';

export const AFTER = instantOf('2026-07-06', '08:00');

const DUTY = 'thang-hanh-dong-2026/thang-hanh-dong';

/** Eight of nine units have reported; some late, some wait for approval, some say what hindered them. */
export function sampleReports(): SubmittedReport[] {
  const owing = testPlans.book.units.filter(({ id }) => testPlans.duties(id).some((duty) => duty.id === DUTY));
  return owing.flatMap(({ id }, i): SubmittedReport[] => {
    if (i % 9 === 8) return [];
    const late = i % 12 === 11;
    const submittedAt = instantOf(late ? '2026-07-05' : `2026-07-0${1 + (i % 4)}`, '10:00') + i * 60_000;
    const waits = i % 13 === 5;
    const content = { values: valuesOf(id, i), nothing: false };
    return [
      {
        ...firstStanding(submittedAt),
        state: waits ? 'submitted' : 'approved',
        approved: waits ? null : content,
        ...content,
        id: `mau-${i}`,
        receipt: `BC-2026-${String(i + 1).padStart(5, '0')}`,
        form: 'bao-cao-thang-hanh-dong',
        version: 1,
        unit: id,
        duty: DUTY,
        submittedAt,
        timeliness: late ? 'late' : 'onTime',
        by: 'p',
      },
    ];
  });
}

const valuesOf = (unit: string, i: number): Values => ({
  period_from: '2026-06-01',
  period_to: '2026-06-30',
  buoi_tuyen_truyen: 3 + (i % 7),
  luot_nguoi_du: 100 + 37 * (i % 11),
  to_roi: (i % 5) * 200,
  cam_ket: i % 6,
  co_so_kiem_tra: i % 6,
  co_so_vi_pham: i % 2,
  vu_phat_hien: i % 3,
  doi_tuong: i % 4,
  nguoi_nghien_ra_soat: 20 + (i % 8),
  ho_so_cai_nghien: i % 5,
  ho_tro_sau_cai: i % 3,
  nguoi_vay_von: i % 4,
  so_tien_vay_trieu_dong: (i % 4) * 50.5,
  ...(i % 10 === 0 && {
    ket_qua: 'Hoàn thành kế hoạch tuyên truyền tại 100% khu dân cư',
    ton_tai: 'Thiếu cán bộ chuyên trách sau sắp xếp bộ máy.',
    de_xuat: '=Mở lớp tập huấn kỹ năng cho cán bộ cơ sở',
  }),
  ...(unit === 'so-y-te' && { nguoi_xac_dinh_nghien: 30, nguoi_dieu_tri_thay_the: 120 }),
  ...(unit === 'cchq-kv3' && { lo_hang_soi_chieu: 412 }),
});

/** An answered obstacle, one that waits, a nomination on the list, an approved model. */
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function sampleRegister(): Register {
  const at = instantOf('2026-06-20', '09:00');
  const base = { by: 'p', at, task: null, nominee: null, grounds: null, urgency: null };
  const step = (kind: StepKind, text: string | null = null) => ({
    kind,
    by: 'c',
    at: at + 1,
    text,
  });
  return {
    ...emptyRegister(),
    matters: [
      {
        ...base,
        id: 'v1',
        number: 'VM-2026-00001',
        kind: 'obstacle',
        unit: 'so-y-te',
        text: 'Thiếu kinh phí xét nghiệm',
        steps: [
          step('answered', 'Đã bổ sung từ ngân sách quý III'),
          { ...step('reopened', 'Mức chi thế nào?'), at: at + DAY },
          { ...step('answered', 'Mức chi theo Nghị quyết của HĐND thành phố'), at: at + 2 * DAY },
        ],
      },
      {
        ...base,
        id: 'v2',
        number: 'VM-2026-00002',
        kind: 'obstacle',
        unit: 'phuong-le-chan',
        text: '-1+1 chưa có nhà văn hóa',
        steps: [],
      },
      {
        ...base,
        id: 'k1',
        number: 'KT-2026-00001',
        kind: 'commendation',
        unit: 'phuong-le-chan',
        text: 'Vận động 12 gia đình ký cam kết',
        nominee: { kind: 'collective', name: 'Tổ dân phố số 5' },
        steps: [step('listed')],
      },
      {
        ...base,
        id: 'm1',
        number: 'MH-2026-00001',
        kind: 'model',
        unit: 'phuong-le-chan',
        text: 'Dòng họ không ma túy',
        steps: [step('approved')],
      },
      {
        ...base,
        id: 'd1',
        number: 'DX-2026-00001',
        kind: 'urgent',
        unit: 'phuong-le-chan',
        text: '12 người tụ tập dùng bóng cười',
        urgency: 'hoaToc',
        steps: [
          step('graded', 'thuongKhan'),
          { ...step('acknowledged'), at: at + 10 * MINUTE },
          { ...step('directed', 'giữ nguyên hiện trường'), at: at + 20 * MINUTE },
          { ...step('added', 'đã lập biên bản'), at: at + 30 * MINUTE },
        ],
      },
    ],
    marks: [
      { unit: 'so-y-te', task: 'thang-hanh-dong-2026/IV.2/1', state: 'begun', note: null, by: 'p', at: at - DAY / 24 },
      { unit: 'so-y-te', task: 'thang-hanh-dong-2026/IV.2/1', state: 'blocked', note: 'thiếu kinh phí', by: 'p', at },
    ],
  };
}
