"""The words of the checks that a form asks for and of those between reports; written as in `texts`."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text

from .texts import words

RULES: Mapping[str, tuple[Text, Text]] = {
    "block-missing": words(
        en=("Block without any answer", "No question of the block “{block}” has an answer (questions: {count})."),
        kk=("Жауапсыз бөлім", "«{block}» бөлімінің бірде-бір сұрағына жауап берілмеген (сұрақ саны: {count})."),
        ru=("Раздел без ответов", "Ни на один вопрос раздела «{block}» нет ответа (число вопросов: {count})."),
    ),
    "answer-missing": words(
        en=("Required answer missing", "“{q1}” has no answer."),
        kk=("Міндетті жауап жоқ", "«{q1}» сұрағына жауап берілмеген."),
        ru=("Нет обязательного ответа", "На вопрос «{q1}» нет ответа."),
    ),
    "series-decreases": words(
        en=("Running total falls", "“{q2}” is {a2}, after “{q1}” was {a1}; a running total cannot fall."),
        kk=("Өспелі жиынтық кеміген", "«{q1}»: {a1}, одан кейін «{q2}»: {a2}; өспелі жиынтық кеми алмайды."),
        ru=("Нарастающий итог уменьшается", "«{q1}»: {a1}, затем «{q2}»: {a2}; нарастающий итог не может уменьшаться."),
    ),
    "above": words(
        en=("More than the number that bounds it", "“{q1}” is {a1}, more than “{q2}” ({a2})."),
        kk=("Шектейтін саннан артық", "«{q1}»: {a1}; бұл мынадан артық: «{q2}» ({a2})."),
        ru=("Больше числа, которое его ограничивает", "«{q1}»: {a1}; это больше, чем «{q2}» ({a2})."),
    ),
    "parts-exceed-whole": words(
        en=("Parts exceed the whole", "“{q1}” is {a1}, and its parts add up to more: {sum}."),
        kk=("Бөліктері бүтіннен артық", "«{q1}»: {a1}, ал бөліктерінің қосындысы одан артық: {sum}."),
        ru=("Части больше целого", "«{q1}»: {a1}, а сумма частей больше: {sum}."),
    ),
    "sum-differs": words(
        en=("Sum differs from the whole", "“{q1}” is {a1}, and its parts add up to {sum} (difference: {difference})."),
        kk=("Қосынды бүтінге тең емес", "«{q1}»: {a1}, ал бөліктерінің қосындысы: {sum} (айырма: {difference})."),
        ru=("Сумма не равна целому", "«{q1}»: {a1}, а сумма частей: {sum} (разница: {difference})."),
    ),
    "answer-without-cause": words(
        en=("Follow-up answered without cause", "“{q1}” is answered “{a1}”, yet “{q2}” has an answer."),
        kk=(
            "Қосымша сұраққа негізсіз жауап",
            "«{q1}» сұрағына «{a1}» деп жауап берілген, бірақ «{q2}» сұрағының жауабы бар.",
        ),
        ru=("Уточняющий ответ без основания", "На вопрос «{q1}» дан ответ «{a1}», однако на вопрос «{q2}» есть ответ."),
    ),
    "follow-up-missing": words(
        en=("Follow-up missing", "“{q1}” is answered “{a1}”, but “{q2}” has no answer."),
        kk=(
            "Қосымша сұраққа жауап жоқ",
            "«{q1}» сұрағына «{a1}» деп жауап берілген, бірақ «{q2}» сұрағына жауап берілмеген.",
        ),
        ru=("Нет уточняющего ответа", "На вопрос «{q1}» дан ответ «{a1}», но на вопрос «{q2}» нет ответа."),
    ),
    "contradiction": words(
        en=(
            "Answers that contradict each other",
            "“{q1}” is answered “{a1}” and “{q2}” is answered “{a2}”; both cannot be so.",
        ),
        kk=(
            "Бір-біріне қайшы жауаптар",
            "«{q1}» сұрағына «{a1}», ал «{q2}» сұрағына «{a2}» деп жауап берілген; екеуі қатар бола алмайды.",
        ),
        ru=(
            "Противоречащие друг другу ответы",
            "На вопрос «{q1}» дан ответ «{a1}», а на вопрос «{q2}» ответ «{a2}»; одновременно это невозможно.",
        ),
    ),
    "count-without-yes": words(
        en=("Number although the answer is no", "“{q1}” is answered “{a1}”, yet “{q2}” is {a2}."),
        kk=("Жауап теріс, бірақ сан бар", "«{q1}» сұрағына «{a1}» деп жауап берілген, бірақ «{q2}»: {a2}."),
        ru=("Ответ отрицательный, но есть число", "На вопрос «{q1}» дан ответ «{a1}», однако «{q2}»: {a2}."),
    ),
    "yes-without-count": words(
        en=("Zero although the answer is yes", "“{q1}” is answered “{a1}”, yet “{q2}” is {a2}."),
        kk=("Жауап оң, бірақ сан нөл", "«{q1}» сұрағына «{a1}» деп жауап берілген, бірақ «{q2}»: {a2}."),
        ru=("Ответ утвердительный, но число равно нулю", "На вопрос «{q1}» дан ответ «{a1}», однако «{q2}»: {a2}."),
    ),
    "round-numbers": words(
        en=(
            "Mostly round numbers",
            "Numbers in the report: {numbers}, of them multiples of {multiple}: {round}. They may be estimates.",
        ),
        kk=(
            "Көбі дөңгелек сандар",
            "Есептегі сандар: {numbers}, оның ішінде {multiple} санына қалдықсыз "
            "бөлінетіні: {round}. Олар шамамен алынған болуы мүмкін.",
        ),
        ru=(
            "Преимущественно круглые числа",
            "Чисел в отчете: {numbers}, из них кратных числу {multiple}: {round}. Возможно, они приблизительны.",
        ),
    ),
    "same-answer-throughout": words(
        en=("Same answer throughout", "Every graded question from “{q1}” on is answered “{a1}” (answers: {count})."),
        kk=(
            "Барлық жауап бірдей",
            "«{q1}» сұрағынан бастап барлық бағалау сұрағына «{a1}» деп жауап берілген (жауап саны: {count}).",
        ),
        ru=(
            "Везде один и тот же ответ",
            "На все оценочные вопросы, начиная с «{q1}», дан ответ «{a1}» (число ответов: {count}).",
        ),
    ),
    "time-order": words(
        en=("Times out of order", "“{q1}” is at {a1}, after “{q2}” ({a2})."),
        kk=("Уақыт реті сәйкес емес", "«{q1}»: {a1}; бұл мынадан кейін: «{q2}» ({a2})."),
        ru=("Время указано не по порядку", "«{q1}»: {a1}; это позже, чем «{q2}» ({a2})."),
    ),
    "bucket-order": words(
        en=("Steps of a scale out of order", "“{q1}” is “{a1}”, further on the scale than “{q2}” (“{a2}”)."),
        kk=("Шкала реті сәйкес емес", "«{q1}»: «{a1}»; шкалада бұл мынадан әрі тұр: «{q2}» («{a2}»)."),
        ru=("Ступени шкалы не по порядку", "«{q1}»: «{a1}»; на шкале это дальше, чем «{q2}» («{a2}»)."),
    ),
    "far-from-register": words(
        en=(
            "Voter list far from the register",
            "“{q1}” is {a1}; voters in the register of polling stations: "
            "{registered} (tolerance: {tolerance} per cent).",
        ),
        kk=(
            "Сайлаушылар тізімі тізілімнен алшақ",
            "«{q1}»: {a1}; сайлау учаскелерінің тізіліміндегі сайлаушылар: "
            "{registered} (рұқсат етілген айырма: {tolerance} пайыз).",
        ),
        ru=(
            "Список избирателей расходится с реестром",
            "«{q1}»: {a1}; избирателей в реестре избирательных "
            "участков: {registered} (допустимое расхождение: {tolerance} %).",
        ),
    ),
    "turnout-above-register": words(
        en=("More voters than registered", "“{q1}” is {a1}; voters in the register of polling stations: {registered}."),
        kk=(
            "Дауыс бергендер тіркелгендерден көп",
            "«{q1}»: {a1}; сайлау учаскелерінің тізіліміндегі сайлаушылар: {registered}.",
        ),
        ru=(
            "Проголосовавших больше, чем зарегистрированных",
            "«{q1}»: {a1}; избирателей в реестре избирательных участков: {registered}.",
        ),
    ),
}

STATION: Mapping[str, tuple[Text, Text]] = {
    "several-forms": words(
        en=(
            "Several reports on one form",
            "Reports on the form “{form}” about this polling station: {reports}. Each is an observation of its own.",
        ),
        kk=(
            "Бір нысан бойынша бірнеше есеп",
            "Осы сайлау учаскесі туралы «{form}» нысаны бойынша есептер: "
            "{reports}. Әрқайсысы жеке байқау болып саналады.",
        ),
        ru=(
            "Несколько отчетов по одной форме",
            "Отчетов по форме «{form}» об этом избирательном участке: "
            "{reports}. Каждый считается отдельным наблюдением.",
        ),
    ),
    "same-team-twice": words(
        en=(
            "Same team more than once",
            "Reports of one team on the form “{form}” about this polling station: "
            "{reports}. A second visit, or a duplicate?",
        ),
        kk=(
            "Бір топтың бірнеше есебі",
            "Бір топтың осы сайлау учаскесі туралы «{form}» нысаны бойынша есептері: "
            "{reports}. Учаскеге қайта бару ма, әлде қайталанған есеп пе?",
        ),
        ru=(
            "Несколько отчетов одной группы",
            "Отчетов одной группы по форме «{form}» об этом избирательном "
            "участке: {reports}. Повторное посещение или дубликат?",
        ),
    ),
    "series-decreases-between-visits": words(
        en=(
            "Running total falls between visits",
            "“{q1}” is {a1}, and was {before} at an earlier visit to this polling station.",
        ),
        kk=(
            "Бір барудан екіншісіне жиынтық кеміген",
            "«{q1}»: {a1}, ал осы сайлау учаскесіне бұрынғы баруда: {before}.",
        ),
        ru=(
            "Нарастающий итог уменьшился между посещениями",
            "«{q1}»: {a1}, а при более раннем посещении этого избирательного участка: {before}.",
        ),
    ),
    "list-differs-between-forms": words(
        en=(
            "Number differs between reports",
            "“{q1}” is {a1}; reports about this polling station give {lowest} "
            "at the lowest and {highest} at the highest.",
        ),
        kk=(
            "Есептердегі сан әртүрлі",
            "«{q1}»: {a1}; осы сайлау учаскесі туралы есептерде ең азы: {lowest}, ең көбі: {highest}.",
        ),
        ru=(
            "Число в отчетах различается",
            "«{q1}»: {a1}; в отчетах об этом избирательном участке наименьшее: {lowest}, наибольшее: {highest}.",
        ),
    ),
    "opposite-answers-between-forms": words(
        en=(
            "Opposite answers from one polling station",
            "“{q1}” is answered “{a1}” here; reports about this polling station with the opposite answer: {others}.",
        ),
        kk=(
            "Бір учаске туралы қарама-қарсы жауаптар",
            "«{q1}» сұрағына мұнда «{a1}» деп жауап берілген; осы "
            "сайлау учаскесі туралы қарама-қарсы жауабы бар есептер: {others}.",
        ),
        ru=(
            "Противоположные ответы об одном участке",
            "На вопрос «{q1}» здесь дан ответ «{a1}»; отчетов об этом "
            "избирательном участке с противоположным ответом: {others}.",
        ),
    ),
    "copied-report": words(
        en=(
            "Identical reports",
            "All answers of this report (answers: {answers}) are the same in another report "
            "about this polling station.",
        ),
        kk=(
            "Бірдей есептер",
            "Осы есептің барлық жауабы (жауап саны: {answers}) осы сайлау учаскесі туралы басқа "
            "есептегі жауаптармен бірдей.",
        ),
        ru=(
            "Одинаковые отчеты",
            "Все ответы этого отчета (число ответов: {answers}) совпадают с ответами другого "
            "отчета об этом избирательном участке.",
        ),
    ),
}
