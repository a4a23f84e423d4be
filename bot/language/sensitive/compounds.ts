/**
 * Pairs of everyday words whose second or first word is also a surname when the marks are left off: `chủ trì` is no
 * person called Chu, `nhiệm vụ thì` none called Vũ Thị. Only what is typed without marks is looked up here.
 */
const AFTER: Record<string, string> = {
  chu: 'tri truong tich dong yeu de tam muu quan quyen nhiem doanh cong',
  dao: 'tao duc dong tac ly',
  vu: 'viec an an truong khi trang the khong nao gi nay do',
  van: 'hoa ban de phong nghe dong chuyen minh chua con dung tai kien',
  dang: 'ky tai vien bo uy dau trien lam thuc co o',
  phan: 'nao viec cong luong anh bien loai phoi tich dau mem chia hoi bac',
  lam: 'can an nghe cong quen thu them moi gi viec ro sao the tot theo tham cong chu dau',
  mai: 'nop gui thuy nay moi',
  doan: 'the vien kiem thanh dac ket cong nao',
  ho: 'tro so gia nghien ngheo khau kinh dan',
  ha: 'noi nam dong tay bac long tang',
  hoang: 'hon mang',
  duong: 'day bien bo thuy sat tinh ong lam hang nao',
  ly: 'do lich luan tuong',
  ta: 'phai co',
  to: 'chuc cong dan giac truong cao chat',
  trinh: 'bay do tu hoi ubnd duyet ky len',
  tong: 'hop ket so ra cuc the',
  cao: 'diem diem nhat hon cap',
  thai: 'do san nguyen binh tan',
  quan: 'ly su doi chuc triet bar nhan tam',
  ung: 'dung pho ho thi xu',
  an: 'ninh toan phat ma diem giang',
  la: 'gi don ai sao co khi nhiem viec',
  ma: 'tuy',
  vi: 'pham du sao the du tri',
  tu: 'van phap lenh lieu choi nguyen giac ngay dau nay quan do khi phap',
  le: 'hoi phat ra tan phong',
  lai: 'xe nghien lich',
  luong: 'co hang',
  luu: 'tru y hanh thong',
  ngo: 'doc nao',
  dinh: 'ky huong muc vu',
  dam: 'bao nhiem nhan',
  khuc: 'giua',
  chau: 'thanh tho',
  giang: 'vien day',
  truong: 'hoc hop ban phong cong khu cap',
  kieu: 'gi nao',
  than: 'nhan the',
  phung: 'su',
  thach: 'thuc',
  tang: 'cuong tru thoi luong',
};
const BEFORE: Record<string, string> = {
  dao: 'chi lanh giang doc quan',
  linh: 'chi',
  minh: 'chi',
  lang: 'chi',
  vu: 'nhiem nghiep dich noi chuc phuc cong phap nghia doanh thuong',
  ung: 'huong phan thich dap cung tuong',
  tu: 'bo ban chinh nghi xuat giai bat',
  chu: 'dan lam bac ong',
  ly: 'quan xu phap tam dai',
  tri: 'chu dieu duy chinh',
  lam: 'viec hoac phai',
  to: 'yeu giay',
  an: 'toa cong du de',
  phan: 'thanh',
  dinh: 'quy xac gia quyet kien on khang chi nhan an',
  van: 'tu cong co',
  duong: 'tuyen con bien cung tinh',
  doan: 'tap thanh cong binh trung lu quan chi',
  luu: 'giao quoc bao',
  truong: 'thi moi nha chu tang hieu',
  luong: 'chat luc so thoi khoi phan nang',
  trinh: 'chuong cong quy lo hanh qua tien',
  dam: 'bao',
  ma: 'chong',
  le: 'ty dieu',
  mai: 'ngay sang chieu toi hom thuong',
  thai: 'trang mang',
  ho: 'ung bao giup cuu dong',
  quan: 'co lien hai quoc truc tong cong canh thoi binh tong bo',
  hoang: 'tinh',
  tong: 'cong',
  cao: 'bao nang de to',
};

const pairs = new Set([
  ...Object.entries(AFTER).flatMap(([first, next]) => next.split(' ').map((word) => `${first} ${word}`)),
  ...Object.entries(BEFORE).flatMap(([second, previous]) => previous.split(' ').map((word) => `${word} ${second}`)),
]);

/** Whether two folded words that stand together are most likely no part of a name. */
export const isCompound = (first: string | undefined, second: string | undefined): boolean =>
  first !== undefined && second !== undefined && pairs.has(`${first} ${second}`);

/** "vụ thì kế hoạch": what follows thì, and no given name. */
export const AFTER_THI = new Set(
  'ke so don co bao nop phai lam ai nao gi khi sao gui can duoc khong cac nhung la bi bao ngay viec nhiem'.split(' '),
);
