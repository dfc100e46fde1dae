"""The words of findings about a form: code → weight and text. `{question}` is the name of the question."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text

_Entry = tuple[str, Text]


def _error(en: str, kk: str, ru: str) -> _Entry:
    return "error", Text.of({"en": en, "kk": kk, "ru": ru})


def _warning(en: str, kk: str, ru: str) -> _Entry:
    return "warning", Text.of({"en": en, "kk": kk, "ru": ru})


def _info(en: str, kk: str, ru: str) -> _Entry:
    return "info", Text.of({"en": en, "kk": kk, "ru": ru})


_FILE: Mapping[str, _Entry] = {
    "not-a-workbook": _error("{said}", "{said}", "{said}"),
    "no-survey": _error(
        "There is no sheet “survey” with questions. An XLSForm has the sheets survey, choices and settings.",
        "Сұрақтары бар «survey» парағы жоқ. XLSForm файлында survey, choices және settings парақтары болады.",
        "Нет листа «survey» с вопросами. В XLSForm есть листы survey, choices и settings.",
    ),
    "macros": _error(
        "The workbook holds macros. They were not run. Save it as .xlsx without macros and upload it again.",
        "Кестеде макростар бар. Олар іске қосылмады. Кестені макроссыз .xlsx түрінде сақтап, қайта жүктеңіз.",
        "В книге есть макросы. Они не запускались. Сохраните ее как .xlsx без макросов и загрузите снова.",
    ),
    "broken-text": _error(
        "The text cannot be split into cells: a quotation mark is not closed.",
        "Мәтінді ұяшықтарға бөлу мүмкін емес: тырнақша жабылмаған.",
        "Текст не делится на ячейки: кавычка не закрыта.",
    ),
    "too-large": _error(
        "The sheet has {n} rows; at most {most} are read. Long lists belong in a file beside the form.",
        "Парақта {n} жол бар; ең көбі {most} жол оқылады. Ұзын тізімдер нысан жанындағы файлда болуы керек.",
        "На листе строк: {n}; читается не больше {most}. Длинным спискам место в файле рядом с формой.",
    ),
    "long-cell": _error(
        "A cell holds more than {most} characters. Shorten it.",
        "Ұяшықта {most} таңбадан көп мәтін бар. Оны қысқартыңыз.",
        "В ячейке больше {most} знаков. Сократите текст.",
    ),
    "cell": _warning("{said}", "{said}", "{said}"),
}

_XLSFORM: Mapping[str, _Entry] = {
    "no-type": _error(
        "The row has no type. Write what kind of answer it takes, such as integer or select_one.",
        "Жолда түрі көрсетілмеген. Жауап түрін жазыңыз, мысалы integer немесе select_one.",
        "В строке нет типа. Укажите вид ответа, например integer или select_one.",
    ),
    "no-name": _error(
        "The question has no name. Give it a short code, such as V01.",
        "Сұрақтың аты жоқ. Оған қысқа код беріңіз, мысалы V01.",
        "У вопроса нет имени. Дайте ему короткий код, например V01.",
    ),
    "bad-name": _error(
        "“{name}” cannot be a name: it must begin with a letter and hold letters, digits, “_”, “-” and “.” only.",
        "«{name}» ат бола алмайды: ол әріптен басталып, тек әріп, сан, «_», «-» және «.» таңбаларынан тұруы керек.",
        "«{name}» не может быть именем: оно начинается с буквы и состоит из букв, цифр, «_», «-» и «.».",
    ),
    "duplicate-name": _error(
        "The name {question} stands in row {other} already. Every question needs a name of its own, also in another "
        "group: answers are told apart by it.",
        "{question} аты {other}-жолда бар. Басқа топта болса да, әр сұрақтың өз аты болуы керек: жауаптар сол арқылы "
        "ажыратылады.",
        "Имя {question} уже стоит в строке {other}. У каждого вопроса, даже в другой группе, должно быть свое имя: "
        "по нему различаются ответы.",
    ),
    "unknown-type": _error(
        "“{type}” is no type of question. Look for a typing error.",
        "«{type}» деген сұрақ түрі жоқ. Теру қатесі бар-жоғын қараңыз.",
        "Типа вопроса «{type}» нет. Проверьте, нет ли опечатки.",
    ),
    "no-list": _error(
        "Question {question} takes its answers from the list “{list}”, which the sheet choices does not have.",
        "{question} сұрағы жауаптарды «{list}» тізімінен алады, бірақ choices парағында ондай тізім жоқ.",
        "Вопрос {question} берет ответы из списка «{list}», которого на листе choices нет.",
    ),
    "choice-without-list": _error(
        "The answer “{name}” belongs to no list: list_name is empty.",
        "«{name}» жауабы ешбір тізімге кірмейді: list_name бос.",
        "Ответ «{name}» не входит ни в один список: list_name пуст.",
    ),
    "choice-without-name": _error(
        "An answer of the list “{list}” has no name. Give it a code.",
        "«{list}» тізіміндегі жауаптың аты жоқ. Оған код беріңіз.",
        "У ответа в списке «{list}» нет имени. Дайте ему код.",
    ),
    "duplicate-choice": _error(
        "The answer “{name}” stands twice in the list “{list}”.",
        "«{name}» жауабы «{list}» тізімінде екі рет тұр.",
        "Ответ «{name}» стоит в списке «{list}» дважды.",
    ),
    "bad-choice-name": _error(
        "“{name}” cannot be the code of an answer: it must hold no spaces, brackets, commas, colons or “=”.",
        "«{name}» жауап коды бола алмайды: онда бос орын, жақша, үтір, қос нүкте және «=» болмауы керек.",
        "«{name}» не может быть кодом ответа: без пробелов, скобок, запятых, двоеточий и «=».",
    ),
    "choice-without-label": _error(
        "The answer “{name}” of the list “{list}” has no words in any language.",
        "«{list}» тізіміндегі «{name}» жауабының бірде-бір тілде мәтіні жоқ.",
        "У ответа «{name}» в списке «{list}» нет текста ни на одном языке.",
    ),
    "no-calculation": _error(
        "The question {question} is worked out, and the column calculation does not say how.",
        "{question} сұрағы есептелуі керек, бірақ calculation бағанында қалай екені жазылмаған.",
        "Вопрос {question} вычисляется, но в столбце calculation не сказано как.",
    ),
    "same-name": _error(
        "The name {question} stands twice in the same group, for a question and a group or for two groups.",
        "{question} аты бір топта екі рет тұр: сұрақ пен топта немесе екі топта.",
        "Имя {question} стоит в одной группе дважды: у вопроса и группы или у двух групп.",
    ),
    "two-columns": _error(
        "Two columns of the sheet {sheet} are different names of one thing. Keep one of them.",
        "{sheet} парағындағы екі баған бір нәрсенің екі атауы. Біреуін қалдырыңыз.",
        "Два столбца листа {sheet} – разные имена одного и того же. Оставьте один.",
    ),
    "unbalanced": _error(
        "A group or repeat is not closed, or is closed without having begun. Every begin needs its end.",
        "Топ немесе қайталау жабылмаған, не басталмай жабылған. Әр begin жолының end жолы болуы керек.",
        "Группа или повтор не закрыты либо закрыты, не начавшись. У каждого begin должен быть свой end.",
    ),
    "unknown-reference": _error(
        "It refers to the question “{name}”, which the form does not have. Look for a typing error.",
        "Онда нысанда жоқ «{name}» сұрағына сілтеме бар. Теру қатесі бар-жоғын қараңыз.",
        "Здесь ссылка на вопрос «{name}», которого в форме нет. Проверьте, нет ли опечатки.",
    ),
    "bad-reference": _error(
        "A reference to a question is malformed. It is written ${name}.",
        "Сұраққа сілтеме дұрыс жазылмаған. Ол былай жазылады: ${name}.",
        "Ссылка на вопрос записана неверно. Она пишется так: ${name}.",
    ),
    "bad-range": _error(
        "The parameters of the range do not fit: start, end and step must be numbers, and start below end.",
        "Ауқым параметрлері сәйкес емес: start, end, step сан болуы, start мәні end мәнінен кіші болуы керек.",
        "Параметры диапазона не подходят: start, end и step – числа, причем start меньше end.",
    ),
    "pyxform": _error(
        "The form cannot be converted for ODK. The converter says in English: {said}",
        "Нысанды ODK үшін түрлендіру мүмкін емес. Түрлендіргіш ағылшынша былай дейді: {said}",
        "Форму нельзя преобразовать для ODK. Преобразователь сообщает по-английски: {said}",
    ),
    "xlsform-warning": _info(
        "The converter for ODK remarks in English: {said}",
        "ODK түрлендіргішінің ағылшынша ескертуі: {said}",
        "Преобразователь для ODK замечает по-английски: {said}",
    ),
    "no-form-id": _error(
        "The sheet settings gives no form_id. Write a short code without spaces, such as voting.",
        "settings парағында form_id жоқ. Бос орынсыз қысқа код жазыңыз, мысалы voting.",
        "На листе settings нет form_id. Укажите короткий код без пробелов, например voting.",
    ),
    "bad-form-id": _error(
        "“{name}” cannot be a form_id: at most 60 characters, no spaces, brackets, commas, colons or “=”.",
        "«{name}» form_id бола алмайды: 60 таңбадан аспауы, бос орын, жақша, үтір, қос нүкте және «=» болмауы керек.",
        "«{name}» не может быть form_id: не длиннее 60 знаков, без пробелов, скобок, запятых, двоеточий и «=».",
    ),
    "no-version": _error(
        "The sheet settings gives no version. Write one, and a new one with every change: phones and reports name it.",
        "settings парағында version жоқ. Оны жазыңыз және әр өзгеріс сайын жаңартыңыз: телефондар мен есептер соны "
        "көрсетеді.",
        "На листе settings нет version. Укажите ее и меняйте при каждой правке: на нее ссылаются телефоны и отчеты.",
    ),
    "bad-version": _error(
        "The version “{name}” is too long: at most 30 characters, without spaces.",
        "«{name}» нұсқасы тым ұзын: бос орынсыз, 30 таңбадан аспауы керек.",
        "Версия «{name}» слишком длинная: не больше 30 знаков, без пробелов.",
    ),
    "no-title": _warning(
        "The form has no title in the sheet settings; its code is shown instead.",
        "settings парағында нысан атауы жоқ; оның орнына коды көрсетіледі.",
        "На листе settings нет названия формы; вместо него показывается код.",
    ),
    "nothing-to-show": _error(
        "The form has no question that anybody could be asked.",
        "Нысанда біреуге қойылатын бірде-бір сұрақ жоқ.",
        "В форме нет ни одного вопроса, который можно задать.",
    ),
}

_MEANING: Mapping[str, _Entry] = {
    "bad-process": _error(
        "p8_process “{name}” is unknown. One of: {known}.",
        "p8_process мәні «{name}» белгісіз. Мыналардың бірі: {known}.",
        "Значение p8_process «{name}» неизвестно. Одно из: {known}.",
    ),
    "no-process": _warning(
        "The sheet settings does not say what the form watches (p8_process); it is taken for the whole day.",
        "settings парағында нысанның нені бақылайтыны (p8_process) көрсетілмеген; ол бүкіл күнге арналған деп алынды.",
        "На листе settings не сказано, за чем наблюдает форма (p8_process); она считается формой на весь день.",
    ),
    "bad-use": _error(
        "p8_use “{name}” is unknown. One of: plain, reconciliation, comment.",
        "p8_use мәні «{name}» белгісіз. Мыналардың бірі: plain, reconciliation, comment.",
        "Значение p8_use «{name}» неизвестно. Одно из: plain, reconciliation, comment.",
    ),
    "bad-negative": _error(
        "p8_negative of {question} names answers that are not on its list: {names}.",
        "{question} сұрағының p8_negative бағанында тізімінде жоқ жауаптар бар: {names}.",
        "В p8_negative вопроса {question} названы ответы, которых нет в его списке: {names}.",
    ),
    "bad-missing": _error(
        "p8_missing “{name}” is unknown. One of: {known}.",
        "p8_missing мәні «{name}» белгісіз. Мыналардың бірі: {known}.",
        "Значение p8_missing «{name}» неизвестно. Одно из: {known}.",
    ),
    "missing-negative": _error(
        "The answer “{name}” says that there is no answer and cannot be negative at the same time.",
        "«{name}» жауабы жауап жоғын білдіреді, сондықтан ол қатарынан теріс бола алмайды.",
        "Ответ «{name}» означает, что ответа нет, и не может одновременно быть отрицательным.",
    ),
    "bad-rule": _error(
        "The rule “{check}” cannot be set: {said}",
        "«{check}» ережесін қою мүмкін емес: {said}",
        "Правило «{check}» нельзя задать: {said}",
    ),
    "unknown-check": _error(
        "There is no check “{check}”. The page of checks lists them.",
        "«{check}» деген тексеру жоқ. Тексерулер тізімі олардың бетінде.",
        "Проверки «{check}» нет. Список проверок – на их странице.",
    ),
    "rule-question": _error(
        "The rule “{check}” names questions that the form lacks: {names}.",
        "«{check}» ережесінде нысанда жоқ сұрақтар аталған: {names}.",
        "В правиле «{check}» названы вопросы, которых в форме нет: {names}.",
    ),
    "bad-details": _error(
        'The details of the rule “{check}” are no JSON object. They are written like {"tolerance": 5}.',
        '«{check}» ережесінің details бағаны JSON нысаны емес. Ол былай жазылады: {"tolerance": 5}.',
        'Столбец details правила «{check}» – не объект JSON. Он пишется так: {"tolerance": 5}.',
    ),
    "form-wrong": _error(
        "The form cannot be used as it stands: {said}",
        "Нысанды осы күйінде қолдануға болмайды: {said}",
        "Форму нельзя использовать в таком виде: {said}",
    ),
    "serves-no-sentence": _warning(
        "No sentence of the statement needs the answer: neither p8_section nor p8_indicator is given. Say what it is "
        "for, or leave the question out.",
        "Жауап мәлімдеменің бірде-бір сөйлеміне керек емес: p8_section та, p8_indicator да көрсетілмеген. Оның не үшін "
        "керегін жазыңыз немесе сұрақты алып тастаңыз.",
        "Ответ не нужен ни одному предложению заявления: не указаны ни p8_section, ни p8_indicator. Напишите, для чего "
        "он, или уберите вопрос.",
    ),
    "no-negative": _info(
        "It is not said which answers speak against good practice (p8_negative): the question is counted, and judges "
        "nothing.",
        "Қай жауаптар дұрыс тәжірибеге қайшы екені айтылмаған (p8_negative): сұрақ саналады, бірақ ештеңені "
        "бағаламайды.",
        "Не сказано, какие ответы говорят против надлежащей практики (p8_negative): вопрос учитывается, но ничего не "
        "оценивает.",
    ),
    "no-bounds": _info(
        "The number has no bounds. A constraint such as “. >= 0 and . <= 5000” catches slips of the finger.",
        "Санның шегі жоқ. «. >= 0 and . <= 5000» сияқты шарт (constraint) теру қателерін ұстайды.",
        "У числа нет границ. Условие (constraint) вида «. >= 0 and . <= 5000» ловит опечатки.",
    ),
    "no-not-observed": _warning(
        "An answer is required, and its list has none that means “not observed” (p8_missing): who did not see it would "
        "have to invent one.",
        "Жауап міндетті, бірақ тізімде «байқау мүмкін болмады» дегенді білдіретін жауап (p8_missing) жоқ: көрмеген "
        "адам жауапты ойдан шығаруға мәжбүр болады.",
        "Ответ обязателен, а в списке нет ответа, означающего «не было возможности наблюдать» (p8_missing): кто этого "
        "не видел, вынужден будет ответ выдумать.",
    ),
    "unordered": _info(
        "Answers of the list “{list}” are marked as negative at both ends; if they are steps of one scale, say so in "
        "p8_ordered.",
        "«{list}» тізімінің екі шетіндегі жауаптар теріс деп белгіленген; олар бір шкаланың сатылары болса, p8_ordered "
        "бағанында көрсетіңіз.",
        "В списке «{list}» отрицательными отмечены ответы на обоих концах; если это ступени одной шкалы, укажите это в "
        "p8_ordered.",
    ),
}

_STORED: Mapping[str, _Entry] = {
    "version-taken": _error(
        "Version {version} of the form “{code}” is stored already and says something else. What is stored never "
        "changes: raise the version in the sheet settings, for example to {next}, and upload again.",
        "«{code}» нысанының {version}-нұсқасы сақталған және мазмұны басқа. Сақталған нұсқа өзгермейді: settings "
        "парағында нұсқаны, мысалы {next} деп, көтеріп, қайта жүктеңіз.",
        "Версия {version} формы «{code}» уже сохранена и говорит другое. Сохраненное не меняется: поднимите версию на "
        "листе settings, например до {next}, и загрузите снова.",
    ),
    "already-stored": _info(
        "Version {version} of the form “{code}” is stored already, with the same content.",
        "«{code}» нысанының {version}-нұсқасы дәл осы мазмұнмен сақталған.",
        "Версия {version} формы «{code}» уже сохранена с тем же содержанием.",
    ),
}

_LANGUAGES: Mapping[str, _Entry] = {
    "untranslated": _warning(
        "Not translated into {language} ({what}): {n}. {names}",
        "{language} тіліне аударылмаған ({what}): {n}. {names}",
        "Не переведено на {language} ({what}): {n}. {names}",
    ),
    "language-missing": _warning(
        "The form has nothing in {language}, a language of the mission. Observers who read it alone see another one.",
        "Нысанда миссияның {language} тілінде ештеңе жоқ. Тек сол тілде оқитын байқаушылар басқа тілді көреді.",
        "В форме нет ничего на языке миссии: {language}. Наблюдатели, читающие только на нем, увидят другой язык.",
    ),
    "unnamed-language": _info(
        "The columns “{name}” do not name a language by its code, as in “label::Русский (ru)”; they were read as "
        "{language}.",
        "«{name}» бағандарында тіл коды жоқ («label::Русский (ru)» үлгісіндегідей); олар {language} деп оқылды.",
        "В столбцах «{name}» нет кода языка, как в «label::Русский (ru)»; они прочитаны как {language}.",
    ),
    "no-label": _error(
        "The question {question} has no words in any language.",
        "{question} сұрағының бірде-бір тілде мәтіні жоқ.",
        "У вопроса {question} нет текста ни на одном языке.",
    ),
}

_LOGIC: Mapping[str, _Entry] = {
    "outside-grammar": _warning(
        "The phone app cannot work out the {what} of {question}: {said} ODK Collect can.",
        "{question} сұрағының {what} өрісін телефон қолданбасы есептей алмайды: {said} ODK Collect есептей алады.",
        "Приложение не может вычислить {what} вопроса {question}: {said} ODK Collect может.",
    ),
    "never-asked": _warning(
        "Question {question} can never be asked: its condition is never true. Look at the codes of the answers that it "
        "names.",
        "{question} сұрағы ешқашан қойылмайды: оның шарты ешқашан орындалмайды. Онда аталған жауап кодтарын қараңыз.",
        "Вопрос {question} никогда не будет задан: его условие никогда не выполняется. Проверьте коды ответов в нем.",
    ),
    "depends-on-never": _warning(
        "Question {question} can never be asked: it depends on {name}, which never is.",
        "{question} сұрағы ешқашан қойылмайды: ол ешқашан қойылмайтын {name} сұрағына тәуелді.",
        "Вопрос {question} никогда не будет задан: он зависит от вопроса {name}, который не задается.",
    ),
    "depends-on-later": _warning(
        "Question {question} depends on {name}, which comes later: it stays hidden until somebody goes back.",
        "{question} сұрағы кейін тұрған {name} сұрағына тәуелді: біреу кері оралғанша ол көрінбейді.",
        "Вопрос {question} зависит от более позднего {name}: он скрыт, пока кто-нибудь не вернется назад.",
    ),
    "default-answer": _warning(
        "Question {question} comes with an answer filled in. Who passes over it sends what nobody saw. The phone app "
        "leaves it empty.",
        "{question} сұрағының жауабы алдын ала толтырылған. Оны аттап кеткен адам ешкім көрмегенді жібереді. Телефон "
        "қолданбасы оны бос қалдырады.",
        "В вопросе {question} ответ заполнен заранее. Кто его пропустит, отправит то, чего никто не видел. Приложение "
        "оставляет его пустым.",
    ),
    "many-questions": _info(
        "The form has {n} questions. A form of two pages takes a team 20 to 30 minutes at a station.",
        "Нысанда {n} сұрақ бар. Екі беттік нысанды толтыруға топқа учаскеде 20–30 минут керек.",
        "В форме вопросов: {n}. На форму в две страницы группе нужно на участке 20–30 минут.",
    ),
    "deep-groups": _warning(
        "Groups stand in groups {n} deep. The phone app shows one level; the inner ones become parts of their own.",
        "Топтар {n} деңгей тереңдікте орналасқан. Телефон қолданбасы бір деңгейді көрсетеді; ішкілері бөлек "
        "бөлім болады.",
        "Группы вложены на глубину {n}. Приложение показывает один уровень; внутренние становятся отдельными частями.",
    ),
}

_CHANNELS: Mapping[str, _Entry] = {
    "odk-only": _warning(
        "Only ODK Collect can ask {question}: {said}",
        "{question} сұрағын тек ODK Collect қоя алады: {said}",
        "Вопрос {question} может задать только ODK Collect: {said}",
    ),
    "repeat": _warning(
        "Only ODK Collect can show the repeat {question} with its questions: {names}. Their answers are kept with the "
        "report and stand in no figure.",
        "{question} қайталауын сұрақтарымен тек ODK Collect көрсете алады: {names}. Олардың жауаптары есеппен бірге "
        "сақталады, бірақ ешбір көрсеткішке кірмейді.",
        "Повтор {question} с вопросами может показать только ODK Collect: {names}. Их ответы хранятся вместе с отчетом "
        "и не входят ни в один показатель.",
    ),
    "phone-cannot-send": _warning(
        "{question} must be answered, and the phone app cannot ask it: reports from phones will lack it.",
        "{question} сұрағының жауабы міндетті, бірақ телефон қолданбасы оны қоя алмайды: телефоннан келген есептерде "
        "ол болмайды.",
        "На {question} нужен ответ, а приложение не может задать этот вопрос: в отчетах с телефонов его не будет.",
    ),
    "metadata": _info(
        "Filled in by the device, asked of nobody: {names}.",
        "Құрылғы өзі толтырады, ешкімнен сұралмайды: {names}.",
        "Заполняется устройством, никого не спрашивают: {names}.",
    ),
    "external-file": _warning(
        "The form needs the file “{name}”, which was not uploaded with it. The phone app cannot use it, and ODK "
        "Collect asks for it.",
        "Нысанға «{name}» файлы керек, бірақ ол бірге жүктелмеген. Телефон қолданбасы оны пайдалана алмайды, ал ODK "
        "Collect оны сұрайды.",
        "Форме нужен файл «{name}», который не загружен вместе с ней. Приложение не может его использовать, а ODK "
        "Collect его запросит.",
    ),
    "sent-elsewhere": _warning(
        "The setting {name} would send or lock answers for another server. It was left out of what ODK Collect gets.",
        "{name} параметрі жауаптарды басқа серверге жіберер еді немесе соған құлыптар еді. ODK Collect алатын нысаннан "
        "ол алынып тасталды.",
        "Параметр {name} отправлял бы или запирал бы ответы для другого сервера. Из того, что получает ODK Collect, он "
        "убран.",
    ),
    "phone-whole": _info(
        "The phone app can show the whole form.",
        "Телефон қолданбасы нысанды толық көрсете алады.",
        "Приложение может показать форму целиком.",
    ),
}

FINDINGS: Mapping[str, _Entry] = {**_FILE, **_XLSFORM, **_MEANING, **_STORED, **_LANGUAGES, **_LOGIC, **_CHANNELS}

OUTSIDE: Mapping[str, Text] = {
    code: Text.of({"en": en, "kk": kk, "ru": ru})
    for code, en, kk, ru in (
        (
            "function",
            "{word} is not among its functions.",
            "{word} оның функцияларының қатарында жоқ.",
            "{word} нет среди ее функций.",
        ),
        ("sign", "“{word}” cannot be read there.", "ондағы «{word}» оқылмайды.", "«{word}» там не читается."),
        (
            "path",
            "it looks at “{word}”, which is no question on the phone.",
            "ол телефонда жоқ «{word}» сұрағына қарайды.",
            "оно смотрит на «{word}», чего на телефоне нет.",
        ),
        (
            "no-condition",
            "it is neither true nor false.",
            "ол «иә» не «жоқ» мәнін бермейді.",
            "оно не истинно и не ложно.",
        ),
        ("too-long", "it is too long.", "ол тым ұзын.", "оно слишком длинное."),
        ("too-deep", "it is nested too deeply.", "ол тым терең кірістірілген.", "слишком глубокая вложенность."),
    )
}
"""Why an expression lies outside the grammar; `{word}` is what stood there."""

ODK_ONLY: Mapping[str, Text] = {
    code: Text.of({"en": en, "kk": kk, "ru": ru})
    for code, en, kk, ru in (
        ("type", "answers of the type {word}.", "{word} түріндегі жауап.", "ответ типа {word}."),
        (
            "choice-filter",
            "its list changes with another answer (choice_filter).",
            "оның тізімі басқа жауапқа қарай өзгереді (choice_filter).",
            "его список зависит от другого ответа (choice_filter).",
        ),
        (
            "or-other",
            "its list grows by “other” (or_other); write that answer out.",
            "оның тізіміне «басқа» қосылады (or_other); ол жауапты ашып жазыңыз.",
            "к его списку добавляется «другое» (or_other); впишите этот ответ явно.",
        ),
        (
            "relevant",
            "when it is asked cannot be worked out on the phone.",
            "қай кезде қойылатынын телефон есептей алмайды.",
            "когда его задавать, приложение вычислить не может.",
        ),
        (
            "read-only",
            "it shows what cannot be changed (read_only).",
            "ол өзгертуге болмайтынды көрсетеді (read_only).",
            "он показывает неизменяемое (read_only).",
        ),
        ("list-in-file", "its answers stand in a file.", "оның жауаптары файлда тұр.", "его ответы стоят в файле."),
    )
}
"""Why only ODK Collect can ask a question; `{word}` is what stood there."""

PARTS: Mapping[str, Text] = {
    code: Text.of({"en": en, "kk": kk, "ru": ru})
    for code, en, kk, ru in (
        ("relevant", "condition (relevant)", "шарт (relevant)", "условие (relevant)"),
        ("constraint", "check (constraint)", "тексеру (constraint)", "проверку (constraint)"),
        ("calculation", "calculation", "есептеу (calculation)", "вычисление (calculation)"),
        ("required", "required", "міндеттілік (required)", "обязательность (required)"),
        ("label", "questions", "сұрақтар", "вопросы"),
        ("hint", "hints", "ескертпелер", "подсказки"),
        ("constraint_message", "messages", "хабарламалар", "сообщения"),
        ("choices", "answers", "жауаптар", "ответы"),
        ("title", "title", "атауы", "название"),
    )
}
"""Parts of a form in words."""
