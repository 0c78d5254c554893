// Sentences of many scripts, for everything that looks into texts.
export const SPOKEN = {
  latin: [
    'The café opens at nine tomorrow',
    'Die Straße ist wegen Bauarbeiten gesperrt',
    'Tôi đang học tiếng Việt ở Hà Nội',
    'Łódź leży w środku Polski',
  ],
  cyrillic: ['Сегодня вечером мы идём в театр', 'Ёлка стоит в большом зале'],
  greek: ['Καλημέρα σε όλους τους φίλους', 'Η ΘΆΛΑΣΣΑ ΕΊΝΑΙ ΉΡΕΜΗ ΣΉΜΕΡΑ'],
  arabic: ['مرحبا بكم في غرفة الدردشة', 'اِجْتَمَعَ الفريق صباح اليوم'],
  hebrew: ['שלום לכולם בחדר הזה', 'בְּרֵאשִׁית היה הדבר'],
  devanagari: ['नमस्ते सभी दोस्तों को', 'कल हम दिल्ली जा रहे हैं', 'हिन्दी में खोज करनी है'],
  thai: ['ฉันชอบกินข้าวผัดทุกวัน', 'พรุ่งนี้เราจะไปเชียงใหม่กับเพื่อน', 'ตากลมอยู่ริมทะเล'],
  han: ['我昨天去了北京大学图书馆', '南京市长江大桥非常长', '研究生命的起源是一个难题'],
  japanese: [
    '私は東京大学で日本語を勉強しています',
    'ﾃﾞｰﾀﾍﾞｰｽのバックアップを確認してください',
    'すもももももももものうち',
  ],
  hangul: ['오늘 저녁에 학교에서 회의가 있습니다', '서울특별시에서 만나요'],
  khmer: ['ខ្ញុំចូលចិត្តបាយ', 'សួស្តីអ្នកទាំងអស់គ្នា'],
  tibetan: ['བཀྲ་ཤིས་བདེ་ལེགས།'],
  mixed: [
    'APIサーバーv2を再起動',
    '用Python写的机器人bot',
    'see https://example.com/docs?id=42',
    'a-b_c C++ foo.bar 3.14',
    '👍🏽 great 😀😀',
  ],
} as const satisfies Record<string, readonly string[]>;
