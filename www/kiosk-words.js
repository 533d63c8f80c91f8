// What a kiosk says to respondents, in every language, and to staff, in two.

const RESPONDENTS = {
  en: {
    name: "English", invite: "How was it?", begin: "Tap to begin", over: "Start over",
    still: "Are you still there?", soon: "Your answers close for the next person in {seconds} seconds.", stay: "I am here, go on",
    again: "Ready for the next person in {seconds} seconds", next: "Next person",
    asleep: "We are closed. See you later!", full: "Sorry, this device cannot take answers just now. Please tell our staff.",
    noFiles: "Photos, files and signatures cannot be taken on this device just now. Please go on without them.",
  },
  "zh-Hant": {
    name: "中文", invite: "請告訴我們您的感受", begin: "點一下開始", over: "重新開始",
    still: "您還在嗎？", soon: "{seconds} 秒後會結束您的作答，讓下一位使用。", stay: "我還在，繼續填寫",
    again: "{seconds} 秒後換下一位", next: "換下一位",
    asleep: "目前休息中，歡迎再來。", full: "抱歉，這台裝置目前無法作答，請告知服務人員。",
    noFiles: "這台裝置目前無法接收照片、檔案與簽名，請直接繼續作答。",
  },
  "zh-Hans": {
    name: "简体中文", invite: "请告诉我们您的感受", begin: "点一下开始", over: "重新开始",
    still: "您还在吗？", soon: "{seconds} 秒后会结束您的作答，让下一位使用。", stay: "我还在，继续填写",
    again: "{seconds} 秒后换下一位", next: "换下一位",
    asleep: "目前休息中，欢迎再来。", full: "抱歉，这台设备目前无法作答，请告知服务人员。",
    noFiles: "这台设备目前无法接收照片、文件与签名，请直接继续作答。",
  },
  ja: {
    name: "日本語", invite: "ご感想をお聞かせください", begin: "タップして始める", over: "最初からやり直す",
    still: "まだいらっしゃいますか？", soon: "{seconds} 秒後に回答を終了し、次の方に交代します。", stay: "続けて回答する",
    again: "{seconds} 秒後に次の方へ切り替わります", next: "次の方へ",
    asleep: "ただいま時間外です。またお越しください。", full: "申し訳ありません。この端末では現在回答を受け付けられません。係員にお知らせください。",
    noFiles: "この端末では現在、写真・ファイル・署名を受け付けられません。そのまま回答をお続けください。",
  },
  ko: {
    name: "한국어", invite: "어떠셨나요?", begin: "눌러서 시작", over: "처음부터 다시",
    still: "아직 계신가요?", soon: "{seconds}초 뒤에 응답을 마치고 다음 분께 넘어갑니다.", stay: "네, 계속할게요",
    again: "{seconds}초 뒤에 다음 분이 시작할 수 있습니다", next: "다음 분",
    asleep: "지금은 운영 시간이 아닙니다. 다음에 또 오세요.", full: "죄송합니다. 지금 이 기기에서는 응답을 받을 수 없습니다. 직원에게 알려 주세요.",
    noFiles: "지금 이 기기에서는 사진, 파일, 서명을 받을 수 없습니다. 그대로 계속해 주세요.",
  },
  th: {
    name: "ไทย", invite: "เป็นอย่างไรบ้างคะ", begin: "แตะเพื่อเริ่ม", over: "เริ่มใหม่",
    still: "คุณยังอยู่ไหม", soon: "คำตอบของคุณจะปิดให้คนถัดไปใน {seconds} วินาที", stay: "ยังอยู่ ทำต่อ",
    again: "พร้อมสำหรับคนถัดไปใน {seconds} วินาที", next: "คนถัดไป",
    asleep: "ขณะนี้อยู่นอกเวลาทำการ แล้วพบกันใหม่", full: "ขออภัย เครื่องนี้รับคำตอบไม่ได้ในขณะนี้ โปรดแจ้งเจ้าหน้าที่",
    noFiles: "ขณะนี้เครื่องนี้รับรูปภาพ ไฟล์ และลายเซ็นไม่ได้ โปรดทำต่อโดยไม่ต้องแนบ",
  },
  vi: {
    name: "Tiếng Việt", invite: "Bạn thấy thế nào?", begin: "Chạm để bắt đầu", over: "Bắt đầu lại",
    still: "Bạn còn ở đây không?", soon: "Câu trả lời của bạn sẽ đóng lại cho người tiếp theo sau {seconds} giây.", stay: "Tôi còn đây, tiếp tục",
    again: "Sẵn sàng cho người tiếp theo sau {seconds} giây", next: "Người tiếp theo",
    asleep: "Hiện đang ngoài giờ phục vụ. Hẹn gặp lại!", full: "Xin lỗi, thiết bị này hiện không thể nhận câu trả lời. Vui lòng báo cho nhân viên.",
    noFiles: "Hiện thiết bị này không thể nhận ảnh, tệp và chữ ký. Vui lòng tiếp tục mà không cần chúng.",
  },
};

const STAFF = {
  en: {
    corner: "Staff", title: "Staff menu", pin: "Staff number", choose: "Choose a number of at least 4 digits for staff. Keep it: without it this menu stays closed.",
    wrong: "That is not the number.", locked: "Too many wrong numbers. Please wait {seconds} seconds.", enter: "Enter", close: "Close", save: "Save",
    waiting: "Waiting to be sent", oldest: "The oldest since", refused: "Refused, kept here", unverified: "Sent, not confirmed", acknowledged: "Confirmed so far",
    contact: "Last contact", never: "never", storage: "Storage used", kept: "kept for good", notKept: "the browser may clear it", clock: "Device clock",
    ahead: "{seconds} s ahead of the server", behind: "{seconds} s behind the server", unknown: "unknown", version: "Survey", online: "Network", yes: "online", no: "offline",
    send: "Send now", export: "Export the queue", import: "Import a queue", imported: "{count} added, {known} were here already.", notImported: "This file is damaged or is no queue. Nothing was taken from it.",
    name: "Name of this device", place: "Where it stands", sleep: "Screen sleeps from", until: "until", full: "Full screen",
    alarm: "Storage is filling up: export the queue and bring the device online.", faults: "Settings that do not hold:",
  },
  "zh-Hant": {
    corner: "工作人員", title: "工作人員選單", pin: "工作人員密碼", choose: "請設定至少 4 位數的工作人員密碼並妥善保存，沒有密碼就打不開這個選單。",
    wrong: "密碼不正確。", locked: "錯誤次數過多，請等 {seconds} 秒。", enter: "確定", close: "關閉", save: "儲存",
    waiting: "等待送出", oldest: "最早一筆", refused: "被拒絕，保留在此", unverified: "已送出，未確認", acknowledged: "累計已確認",
    contact: "上次連線", never: "從未", storage: "已用儲存空間", kept: "永久保留", notKept: "瀏覽器可能清除", clock: "裝置時鐘",
    ahead: "比伺服器快 {seconds} 秒", behind: "比伺服器慢 {seconds} 秒", unknown: "未知", version: "問卷", online: "網路", yes: "已連線", no: "離線",
    send: "立即送出", export: "匯出佇列", import: "匯入佇列", imported: "新增 {count} 筆，{known} 筆原已存在。", notImported: "檔案毀損或不是佇列檔，沒有匯入任何資料。",
    name: "裝置名稱", place: "擺放位置", sleep: "螢幕休息，從", until: "到", full: "全螢幕",
    alarm: "儲存空間快滿了：請匯出佇列並讓裝置連上網路。", faults: "無效的設定：",
  },
};

export const LANGUAGES = Object.keys(RESPONDENTS);

export const respondentWords = (language) => RESPONDENTS[language] ?? RESPONDENTS.en;

export const staffWords = (language) => STAFF[language.startsWith("zh") ? "zh-Hant" : "en"];

/** A wording with its `{names}` filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
