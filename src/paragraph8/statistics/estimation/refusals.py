"""Why an estimate is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text

REFUSALS: Mapping[str, Text] = {
    "no-rows": Text.of(
        {
            "en": "There is no row to estimate from.",
            "kk": "Бағалауға негіз болатын бірде-бір жол жоқ.",
            "ru": "Нет ни одной строки, по которой можно оценивать.",
        }
    ),
    "wrong-length": Text.of(
        {
            "en": "{what} has {n} values, and the sample has {rows} rows.",
            "kk": "{what}: мән саны – {n}, ал іріктемедегі жол саны – {rows}.",
            "ru": "{what}: значений {n}, а строк в выборке {rows}.",
        }
    ),
    "wrong-shape": Text.of(
        {
            "en": "{what} must be one column of values.",
            "kk": "{what} мәндердің бір бағаны болуы керек.",
            "ru": "{what}: должен быть один столбец значений.",
        }
    ),
    "not-numbers": Text.of(
        {
            "en": "{what} holds something that is not a number.",
            "kk": "{what}: ішінде сан емес мән бар.",
            "ru": "{what}: есть значение, которое не является числом.",
        }
    ),
    "not-finite": Text.of(
        {
            "en": "{what} is infinite in row {row}.",
            "kk": "{what}: {row}-жолдағы мән шексіз.",
            "ru": "{what}: в строке {row} бесконечное значение.",
        }
    ),
    "bad-weight": Text.of(
        {
            "en": "The weight in row {row} is {value}; a weight is a finite number above 0.",
            "kk": "{row}-жолдағы салмақ – {value}; салмақ 0-ден үлкен шекті сан болуы керек.",
            "ru": "Вес в строке {row} равен {value}; вес – конечное число больше 0.",
        }
    ),
    "no-label": Text.of(
        {
            "en": "{what} is empty in row {row}.",
            "kk": "{what}: {row}-жолда мән жоқ.",
            "ru": "{what}: в строке {row} пусто.",
        }
    ),
    "mixed-labels": Text.of(
        {
            "en": "{what} mixes texts and numbers; labels are of one kind.",
            "kk": "{what}: мәтін мен сан аралас; белгілердің түрі бірдей болуы керек.",
            "ru": "{what}: тексты и числа вперемешку; метки должны быть одного вида.",
        }
    ),
    "bad-population": Text.of(
        {
            "en": "The population in row {row} is {value}; it is a number of units, 1 or more.",
            "kk": "{row}-жолдағы жиынтық – {value}; ол – бірліктер саны, кемінде 1.",
            "ru": "Совокупность в строке {row} равна {value}; это число единиц, не меньше 1.",
        }
    ),
    "population-varies": Text.of(
        {
            "en": "At stage {stage}, {group} has two populations: {one} and {other}.",
            "kk": "{stage}-саты, {group}: екі түрлі жиынтық бар: {one} және {other}.",
            "ru": "Ступень {stage}, {group}: указаны две совокупности: {one} и {other}.",
        }
    ),
    "more-than-population": Text.of(
        {
            "en": "At stage {stage}, {group} has {sampled} units in the sample and {population} in the population.",
            "kk": "{stage}-саты, {group}: іріктемедегі бірлік – {sampled}, ал жиынтықтағысы – {population}.",
            "ru": "Ступень {stage}, {group}: единиц в выборке {sampled}, а в совокупности {population}.",
        }
    ),
    "populations-without-stages": Text.of(
        {
            "en": "There are populations for {populations} stages, and units for {stages}.",
            "kk": "Жиынтық {populations} сатыға берілген, ал бірліктер {stages} сатыға берілген.",
            "ru": "Совокупности заданы для ступеней: {populations}, а единицы для ступеней: {stages}.",
        }
    ),
    "no-weights": Text.of(
        {
            "en": "A total needs weights or populations; without them only means, shares and ratios can be estimated.",
            "kk": "Жалпы санды бағалау үшін салмақ не жиынтық керек; оларсыз тек орташа, үлес пен қатынас бағаланады.",
            "ru": "Для итога нужны веса или совокупности; без них можно оценить только средние, доли и отношения.",
        }
    ),
    "weights-needed": Text.of(
        {
            "en": "Some population is not known: the weights do not follow from the populations and have to be given.",
            "kk": "Кейбір жиынтық белгісіз: салмақ жиынтықтардан шықпайды, оны көрсету керек.",
            "ru": "Не все совокупности известны: веса из них не следуют, их нужно задать.",
        }
    ),
    "single-unit": Text.of(
        {
            "en": "Stage {stage}: {n} strata have a single sampled unit, such as {group}. "
            "No variance can be computed from one unit: name a rule or collapse them by a list made in advance.",
            "kk": "{stage}-саты: {n} қабатта іріктелген бірлік біреу ғана, мысалы {group}. Бір бірліктен дисперсия "
            "есептелмейді: олар үшін ереже таңдаңыз не алдын ала жасалған тізім бойынша біріктіріңіз.",
            "ru": "Ступень {stage}: страт с единственной отобранной единицей: {n}, например {group}. По одной единице "
            "дисперсию не вычислить: выберите для них правило или объедините по заранее составленному списку.",
        }
    ),
    "all-single": Text.of(
        {
            "en": "Stage {stage}: every stratum has a single sampled unit, so that there is nothing to average.",
            "kk": "{stage}-саты: әр қабатта бір ғана іріктелген бірлік бар, сондықтан орташасын алатын ештеңе жоқ.",
            "ru": "Ступень {stage}: в каждой страте единственная отобранная единица, усреднять нечего.",
        }
    ),
    "collapse-nowhere": Text.of(
        {
            "en": "Stratum {stratum} is to be collapsed, and the list leads to no other stratum of the sample.",
            "kk": "{stratum} қабатын біріктіру керек, бірақ тізім іріктемедегі басқа қабатқа апармайды.",
            "ru": "Страту {stratum} нужно объединить, но список не ведет ни к какой другой страте выборки.",
        }
    ),
    "not-a-domain": Text.of(
        {
            "en": "A domain is said by one yes or no for each row.",
            "kk": "Бөлік әр жолға бір «иә» не «жоқ» деп беріледі.",
            "ru": "Подгруппа задается одним «да» или «нет» на каждую строку.",
        }
    ),
    "empty-domain": Text.of(
        {
            "en": "{name}: no row of the sample is in this domain with an answer.",
            "kk": "{name}: іріктемеде бұл бөлікке кіретін жауабы бар бірде-бір жол жоқ.",
            "ru": "{name}: в выборке нет ни одной строки этой подгруппы с ответом.",
        }
    ),
    "no-such-group": Text.of(
        {
            "en": "There is no {name} among the estimates.",
            "kk": "Бағалаулар арасында {name} жоқ.",
            "ru": "Среди оценок нет {name}.",
        }
    ),
    "not-a-proportion": Text.of(
        {
            "en": "A proportion is of 0 and 1; row {row} holds {value}.",
            "kk": "Үлес 0 мен 1 бойынша есептеледі; {row}-жолда {value} тұр.",
            "ru": "Доля считается по 0 и 1; в строке {row} стоит {value}.",
        }
    ),
    "missing-in-total": Text.of(
        {
            "en": "{n} rows have no value: their total would be too small. "
            "Estimate a mean, or say the domain that answered.",
            "kk": "{n} жолда мән жоқ: жалпы сан тым аз болып шығады. "
            "Орташаны бағалаңыз не жауап бергендер бөлігін атаңыз.",
            "ru": "Строк без значения: {n}, итог вышел бы заниженным. "
            "Оцените среднее или укажите подгруппу ответивших.",
        }
    ),
    "zero-denominator": Text.of(
        {
            "en": "{name}: the denominator of the ratio is not above 0.",
            "kk": "{name}: қатынастың бөлгіші 0-ден үлкен емес.",
            "ru": "{name}: знаменатель отношения не больше 0.",
        }
    ),
    "no-degrees": Text.of(
        {
            "en": "An interval needs degrees of freedom, and there are {df}: too few sampled units have this domain.",
            "kk": "Аралыққа еркіндік дәрежесі керек, ал олардың саны – {df}: бұл бөлік тым аз іріктелген бірлікте бар.",
            "ru": "Для интервала нужны степени свободы, а их {df}: "
            "эта подгруппа есть в слишком немногих отобранных единицах.",
        }
    ),
    "not-a-level": Text.of(
        {
            "en": "A confidence level lies between 0 and 1; it is {level}.",
            "kk": "Сенім деңгейі 0 мен 1 аралығында болады; берілгені – {level}.",
            "ru": "Доверительный уровень лежит между 0 и 1; задано {level}.",
        }
    ),
    "no-such-method": Text.of(
        {
            "en": "There is no interval called {method} for this estimate.",
            "kk": "Бұл бағалау үшін {method} деген аралық жоқ.",
            "ru": "Для этой оценки нет интервала {method}.",
        }
    ),
    "not-a-share": Text.of(
        {
            "en": "A share lies between 0 and 1; it is {value}.",
            "kk": "Үлес 0 мен 1 аралығында болады; берілгені – {value}.",
            "ru": "Доля лежит между 0 и 1; задано {value}.",
        }
    ),
    "not-a-variance": Text.of(
        {
            "en": "A variance is a finite number, 0 or above; it is {value}.",
            "kk": "Дисперсия – 0-ден кем емес шекті сан; берілгені – {value}.",
            "ru": "Дисперсия – конечное число не меньше 0; задано {value}.",
        }
    ),
    "no-margins": Text.of(
        {
            "en": "There is nothing to calibrate to: name at least one margin or auxiliary.",
            "kk": "Калибрлейтін ештеңе жоқ: кемінде бір маргинал не көмекші көрсеткішті атаңыз.",
            "ru": "Не к чему калибровать: назовите хотя бы одно распределение или вспомогательную величину.",
        }
    ),
    "no-total": Text.of(
        {
            "en": "{what}: no total is known for {label}, which is in the sample.",
            "kk": "{what}: {label} іріктемеде бар, бірақ оның жалпы саны белгісіз.",
            "ru": "{what}: {label} есть в выборке, а итог для него не задан.",
        }
    ),
    "bad-total": Text.of(
        {
            "en": "The total of {label} is {value}; a total is a finite number, and above 0 where the sample has rows.",
            "kk": "{label} жалпы саны – {value}; ол шекті сан болуы керек, ал іріктемеде жолы болса, 0-ден үлкен.",
            "ru": "Итог для {label} – {value}; итог – конечное число, а где в выборке есть строки, больше 0.",
        }
    ),
    "nobody-in-cell": Text.of(
        {
            "en": "{what}: nobody in the sample speaks for {label} (total: {total}). Join it with another cell.",
            "kk": "{what}: іріктемеде {label} үшін ешкім жоқ (жалпы саны: {total}). Оны басқа ұяшықпен біріктіріңіз.",
            "ru": "{what}: в выборке никто не представляет {label} (итог: {total}). Объедините ячейку с другой.",
        }
    ),
    "totals-disagree": Text.of(
        {
            "en": "The totals of {one} add to {first}, those of {other} to {second}: these are two populations.",
            "kk": "{one} жалпы сандарының қосындысы – {first}, {other} бойынша – {second}: олар әртүрлі жиынтықтікі.",
            "ru": "Итоги по {one} дают в сумме {first}, по {other} – {second}: это разные совокупности.",
        }
    ),
    "not-converged": Text.of(
        {
            "en": "After {rounds} rounds no weights met the totals (still off by {off}): they contradict each other, "
            "or the bounds are too narrow.",
            "kk": "{rounds} айналымнан кейін де салмақтар жалпы сандарға сай келмеді (айырма {off}): сандар бір-біріне "
            "қайшы немесе шектер тым тар.",
            "ru": "За {rounds} проходов веса не сошлись с итогами (расхождение {off}): итоги противоречат друг другу "
            "или границы слишком узки.",
        }
    ),
    "bad-bounds": Text.of(
        {
            "en": "Bounds of the weight ratio lie on both sides of 1 (such as 0.6 and 1.6); this distance needs them; "
            "given: {low} – {high}.",
            "kk": "Салмақ қатынасының шектері 1-дің екі жағында болады (мысалы, 0,6 және 1,6) және бұл қашықтыққа олар "
            "керек; берілгені: {low} – {high}.",
            "ru": "Границы отношения весов лежат по обе стороны от 1 (например, 0,6 и 1,6); этому расстоянию они "
            "нужны; задано: {low} – {high}.",
        }
    ),
    "negative-weight": Text.of(
        {
            "en": "The weight in row {row} would not be above 0 (ratio {g}): choose the distance raking or logit.",
            "kk": "{row}-жолдағы салмақ 0-ден үлкен болмас еді (қатынас {g}): raking не logit қашықтығын таңдаңыз.",
            "ru": "Вес в строке {row} не был бы больше 0 (отношение {g}): выберите расстояние raking или logit.",
        }
    ),
    "already-calibrated": Text.of(
        {
            "en": "Replicates are made from the design before calibration, and each is calibrated again: "
            "give that design, and say how it is calibrated.",
            "kk": "Көшірмелер калибрлеуге дейінгі жоспардан жасалады да, әрқайсысы қайта калибрленеді: сол жоспарды "
            "беріп, қалай калибрленетінін көрсетіңіз.",
            "ru": "Реплики строятся из плана до калибровки, и каждая калибруется заново: "
            "передайте этот план и укажите способ калибровки.",
        }
    ),
    "strata-in-jk1": Text.of(
        {
            "en": "JK1 is for designs without strata, and this one has {n}: use JKn.",
            "kk": "JK1 қабаты жоқ жоспарларға арналған, ал мұнда {n} қабат бар: JKn қолданыңыз.",
            "ru": "JK1 – для планов без страт, а здесь их {n}: используйте JKn.",
        }
    ),
    "not-two-units": Text.of(
        {
            "en": "Balanced replicates need two sampled units in each stratum; {group} has {n}.",
            "kk": "Теңгерілген көшірмелерге әр қабатта екі бірліктен керек; {group} қабатында – {n}.",
            "ru": "Для сбалансированных реплик в каждой страте нужны две отобранные единицы; в {group} их {n}.",
        }
    ),
    "bad-rho": Text.of(
        {
            "en": "Fay's factor lies from 0 to under 1; it is {rho}.",
            "kk": "Фэй коэффициенті 0-ден 1-ге дейін (1 кірмейді); берілгені – {rho}.",
            "ru": "Коэффициент Фэя – от 0 до 1, не включая 1; задано {rho}.",
        }
    ),
    "no-seed": Text.of(
        {
            "en": "A bootstrap needs a seed, a whole number from 0 up, so that anybody can repeat it.",
            "kk": "Бутстрэпті кез келген адам қайталай алуы үшін бастапқы сан (0-ден кем емес бүтін сан) керек.",
            "ru": "Для бутстрепа нужно начальное число, целое и не меньше 0, чтобы его мог повторить каждый.",
        }
    ),
    "few-replicates": Text.of(
        {
            "en": "{n} replicates are too few for a variance; at least {least} are made.",
            "kk": "Дисперсия үшін {n} көшірме аз; кемінде {least} жасалады.",
            "ru": "Реплик {n} – слишком мало для дисперсии; нужно не меньше {least}.",
        }
    ),
    "no-replicate-value": Text.of(
        {
            "en": "In {n} of {total} replicates there is no estimate: a group is empty in them. Join small groups.",
            "kk": "{total} көшірменің ішінен {n} көшірмеде бағалау жоқ: топ бос. Шағын топтарды біріктіріңіз.",
            "ru": "В репликах ({n} из {total}) оценки нет: группа в них пуста. Объедините малые группы.",
        }
    ),
    "not-a-quantile": Text.of(
        {
            "en": "A quantile is asked for by a share between 0 and 1; it is {share}.",
            "kk": "Квантиль 0 мен 1 аралығындағы үлеспен сұралады; берілгені – {share}.",
            "ru": "Квантиль задается долей между 0 и 1; задано {share}.",
        }
    ),
    "one-row-or-column": Text.of(
        {
            "en": "A table needs two rows and two columns at least, with answers in each.",
            "kk": "Кестеде кемінде екі жол мен екі баған болып, әрқайсысында жауап болуы керек.",
            "ru": "В таблице нужны хотя бы две строки и два столбца, и в каждом – ответы.",
        }
    ),
    "no-variance": Text.of(
        {
            "en": "The sampled units do not differ in this table, so that nothing can be tested.",
            "kk": "Бұл кестеде іріктелген бірліктердің айырмасы жоқ, сондықтан тексеретін ештеңе жоқ.",
            "ru": "В этой таблице отобранные единицы не различаются, проверять нечего.",
        }
    ),
    "not-p-values": Text.of(
        {
            "en": "Values of p are one column of numbers from 0 to 1.",
            "kk": "p мәндері – 0 мен 1 аралығындағы сандардың бір бағаны.",
            "ru": "Значения p – один столбец чисел от 0 до 1.",
        }
    ),
    "wrong-table": Text.of(
        {
            "en": "Ratings are a table with one row for each unit and a column for each of two observers or more.",
            "kk": "Бағалар – әр бірлікке бір жол, ал екі не одан көп байқаушының әрқайсысына бір баған бар кесте.",
            "ru": "Оценки – таблица: строка на каждую единицу и столбец на каждого из двух или более наблюдателей.",
        }
    ),
    "no-pairs": Text.of(
        {
            "en": "No unit was answered by two observers, so that nobody can agree.",
            "kk": "Бірде-бір бірлік бойынша екі байқаушының жауабы жоқ, сондықтан келісімді өлшеу мүмкін емес.",
            "ru": "Ни по одной единице нет ответов двух наблюдателей, согласие измерить нельзя.",
        }
    ),
    "unknown-category": Text.of(
        {
            "en": "{label} was answered and is none of the possible answers.",
            "kk": "{label} деген жауап берілген, бірақ ол ықтимал жауаптардың қатарында жоқ.",
            "ru": "Дан ответ {label}, которого нет среди возможных.",
        }
    ),
    "one-category": Text.of(
        {
            "en": "Only one answer occurs: name all possible answers, as chance depends on how many there are.",
            "kk": "Бір ғана жауап кездеседі: барлық ықтимал жауапты атаңыз, кездейсоқтық олардың санына байланысты.",
            "ru": "Встречается один ответ: назовите все возможные, случайность зависит от их числа.",
        }
    ),
    "nothing-varies": Text.of(
        {
            "en": "Everybody gave the same answer: agreement beyond chance has no value then, percent and AC1 have.",
            "kk": "Барлығы бірдей жауап берген: кездейсоқтықтан артық келісімнің мәні жоқ. Пайыз бен AC1 есептеледі.",
            "ru": "Все ответили одинаково: согласие сверх случайного не определено. Процент и AC1 определены.",
        }
    ),
    "no-order": Text.of(
        {
            "en": "The answers are words: say their order by naming the categories from one end to the other.",
            "kk": "Жауаптар – сөздер: санаттарды бір шетінен екінші шетіне қарай атап, ретін көрсетіңіз.",
            "ru": "Ответы – слова: задайте их порядок, назвав категории от одного края до другого.",
        }
    ),
    "below-zero": Text.of(
        {
            "en": "A ratio scale has no numbers below 0; {value} was given.",
            "kk": "Қатынас шкаласында 0-ден кем сан болмайды; берілгені – {value}.",
            "ru": "В шкале отношений нет чисел меньше 0; получено {value}.",
        }
    ),
    "not-a-count": Text.of(
        {
            "en": "A count is a whole number from 0 up; {value} was given.",
            "kk": "Сан – 0-ден кем емес бүтін сан; берілгені – {value}.",
            "ru": "Количество – целое число не меньше 0; получено {value}.",
        }
    ),
    "not-a-plan": Text.of(
        {
            "en": "A sample cannot be planned with this: {field}.",
            "kk": "Мұнымен іріктемені жоспарлау мүмкін емес: {field}.",
            "ru": "С таким значением выборку не спланировать: {field}.",
        }
    ),
    "no-such-measure": Text.of(
        {
            "en": "{measure} is none of total, mean, ratio and proportion.",
            "kk": "{measure} – жалпы сан (total), орташа (mean), қатынас (ratio) не үлес (proportion) емес.",
            "ru": "{measure} – не итог (total), не среднее (mean), не отношение (ratio) и не доля (proportion).",
        }
    ),
    "no-such-rule": Text.of(
        {
            "en": "There is no rule {rule} for strata with a single unit; there are {rules}.",
            "kk": "Жалғыз бірлігі бар қабаттар үшін {rule} ережесі жоқ; барлары: {rules}.",
            "ru": "Для страт с единственной единицей нет правила {rule}; есть {rules}.",
        }
    ),
    "not-smooth": Text.of(
        {
            "en": "The function has no finite value or slope at the estimates.",
            "kk": "Функцияның бағалау нүктесінде шекті мәні не көлбеуі жоқ.",
            "ru": "В точке оценок функция не имеет конечного значения или наклона.",
        }
    ),
    "not-drawn": Text.of(
        {
            "en": "Station {station} was not drawn.",
            "kk": "{station} учаскесі іріктелмеген.",
            "ru": "Участок {station} не был отобран.",
        }
    ),
    "not-an-answer": Text.of(
        {
            "en": "An answer in a cell is 1 (yes), 0 (no) or below 0 (no answer); {value} was given.",
            "kk": "Ұяшықтағы жауап 1 (иә), 0 (жоқ) не 0-ден кем (жауап жоқ) болады; берілгені – {value}.",
            "ru": "Ответ в ячейке – 1 (да), 0 (нет) или меньше 0 (нет ответа); получено {value}.",
        }
    ),
    "cells-need-one-stage": Text.of(
        {
            "en": "Cells hold sums of first-stage units: "
            "the finite population of a later stage cannot be used with them.",
            "kk": "Ұяшықтарда бірінші саты бірліктерінің қосындылары тұр: "
            "кейінгі сатының шекті жиынтығын қолдануға болмайды.",
            "ru": "В ячейках суммы единиц первой ступени: "
            "конечную совокупность следующей ступени с ними учесть нельзя.",
        }
    ),
    "cells-need-rows": Text.of(
        {
            "en": "A calibrated design needs its rows: cells of sampled units are not enough.",
            "kk": "Калибрленген жоспарға оның жолдары керек: іріктелген бірліктердің ұяшықтары жеткіліксіз.",
            "ru": "Калиброванному плану нужны его строки: ячеек по отобранным единицам недостаточно.",
        }
    ),
    "weights-within-unit": Text.of(
        {
            "en": "Unit {unit} has reports of different weights; a live state knows one weight for a unit.",
            "kk": "{unit} бірлігінде салмағы әртүрлі есептер бар; тірі күй бір бірлікке бір ғана салмақ біледі.",
            "ru": "У единицы {unit} отчеты с разными весами; текущее состояние знает один вес на единицу.",
        }
    ),
    "unknown-unit": Text.of(
        {
            "en": "Unit {unit} is not in the sample.",
            "kk": "{unit} бірлігі іріктемеде жоқ.",
            "ru": "Единицы {unit} нет в выборке.",
        }
    ),
    "unknown-domain": Text.of(
        {
            "en": "{domain} is none of the declared domains.",
            "kk": "{domain} – жарияланған бөліктердің ешқайсысы емес.",
            "ru": "{domain} не входит в число объявленных подгрупп.",
        }
    ),
    "unknown-report": Text.of(
        {
            "en": "There is no report {report} to withdraw.",
            "kk": "Кері қайтарып алатын {report} есебі жоқ.",
            "ru": "Отчета {report}, который можно было бы отозвать, нет.",
        }
    ),
    "label-twice": Text.of(
        {
            "en": "{label} names two things, and reports could mean either.",
            "kk": "{label} екі нәрсенің атауы болып тұр, есептер екеуін де білдіруі мүмкін.",
            "ru": "{label} обозначает сразу две вещи, и отчеты могли бы относиться к любой.",
        }
    ),
    "unknown-column": Text.of(
        {
            "en": "The file has no column {column}.",
            "kk": "Файлда {column} бағаны жоқ.",
            "ru": "В файле нет столбца {column}.",
        }
    ),
    "bad-file": Text.of(
        {
            "en": "The Parquet file cannot be read: {reason}.",
            "kk": "Parquet файлын оқу мүмкін емес: {reason}.",
            "ru": "Файл Parquet не читается: {reason}.",
        }
    ),
    "no-polars": Text.of(
        {
            "en": "Parquet files are read by the extra “big”: install paragraph8[big].",
            "kk": "Parquet файлдарын «big» қосымшасы оқиды: paragraph8[big] орнатыңыз.",
            "ru": "Файлы Parquet читает дополнение «big»: установите paragraph8[big].",
        }
    ),
}
"""Code → sentence; what stands in braces is filled in."""


class RefusedEstimateError(ValueError):
    """Nothing was estimated. `code` is one of `REFUSALS`."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details

    def text(self) -> Text:
        """The reason in every language."""
        return Text.of({tag: string.format(**self.details) for tag, string in REFUSALS[self.code].strings})
