// The few words around a survey that is not part of the page itself.

const WORDS = {
  en: ["Close", "Feedback", "A survey has opened at the edge of this page. You can answer it, or close it."],
  "zh-Hant": ["關閉", "意見回饋", "頁面邊緣開啟了一份問卷，您可以填寫，也可以關閉。"],
  "zh-Hans": ["关闭", "意见反馈", "页面边缘打开了一份问卷，您可以填写，也可以关闭。"],
  ja: ["閉じる", "ご意見", "ページの端にアンケートが開きました。回答することも、閉じることもできます。"],
  ko: ["닫기", "의견 보내기", "페이지 가장자리에 설문이 열렸습니다. 응답하거나 닫을 수 있습니다."],
  th: ["ปิด", "แสดงความคิดเห็น", "แบบสอบถามเปิดขึ้นที่ขอบของหน้านี้ คุณจะตอบหรือปิดก็ได้"],
  vi: ["Đóng", "Góp ý", "Một khảo sát đã mở ở mép trang này. Bạn có thể trả lời hoặc đóng lại."],
};

/** The words for a reader of a language, given as a BCP 47 tag. */
export function words(tag) {
  const primary = tag.toLowerCase().split("-")[0];
  const chinese = /^zh-(hans|cn|sg|my)/i.test(tag) ? "zh-Hans" : "zh-Hant";
  const language = primary === "zh" ? chinese : primary in WORDS ? primary : "en";
  const [close, label, opened] = WORDS[language];
  return { language, close, label, opened };
}
