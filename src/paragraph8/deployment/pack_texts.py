"""The words of a pack, in the language that the team reads."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.missions import StationKind
from paragraph8.domain.text import Text

from .models import Mode, Role


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


LABELS: Mapping[str, Text] = {
    "pack": _text("Team pack", "Топтың материалдары", "Материалы группы"),
    "team": _text("Team", "Топ", "Группа"),
    "area": _text("Area", "Аумақ", "Территория"),
    "everywhere": _text("the whole country", "бүкіл ел", "вся страна"),
    "car": _text("Car", "Көлік", "Автомобиль"),
    "phone": _text("Telephone of the team", "Топтың телефоны", "Телефон группы"),
    "day": _text("Election day", "Сайлау күні", "День выборов"),
    "made": _text("Made", "Дайындалған уақыты", "Подготовлено"),
    "contacts": _text("Whom to call", "Кімге қоңырау шалу керек", "Кому звонить"),
    "private": _text(
        "Inside the mission only: do not pass it on.",
        "Миссия ішінде ғана: басқаларға бермеңіз.",
        "Только внутри миссии: не передавайте другим.",
    ),
    "no-contact": _text(
        "The mission has named no contact yet. Ask your co-ordinator before you leave.",
        "Миссия әзірге байланыс деректерін көрсетпеген. Жолға шықпас бұрын үйлестірушіңізден сұраңыз.",
        "Миссия пока не указала контактов. Перед выездом спросите своего координатора.",
    ),
    "safety": _text("Safety", "Қауіпсіздік", "Безопасность"),
    "enrolment": _text("Your phone", "Сіздің телефоныңыз", "Ваш телефон"),
    "enrolment-how": _text(
        "Call the desk and give the team and the number of this code. When the desk has activated it, type it into the "
        "phone or scan it. It works once, and for 24 hours. Before the desk has activated it, it opens nothing.",
        "Штабқа қоңырау шалып, топты және осы кодтың нөмірін айтыңыз. Штаб іске қосқан соң кодты телефонға теріңіз "
        "немесе сканерлеңіз. Ол бір рет және 24 сағат бойы жарамды. Штаб іске қоспайынша, ол ештеңе ашпайды.",
        "Позвоните в штаб и назовите группу и номер этого кода. Когда штаб его активирует, введите код в телефон или "
        "отсканируйте. Он действует один раз и 24 часа. Пока штаб его не активировал, он ничего не открывает.",
    ),
    "code-number": _text("Number of the code", "Кодтың нөмірі", "Номер кода"),
    "code-alt": _text("The code as a picture", "Код сурет түрінде", "Код в виде изображения"),
    "day-plan": _text("Your day", "Сіздің күніңіз", "Ваш день"),
    "suggested": _text(
        "Suggested means that the mission named these stations. They were not drawn by chance, and what is seen there "
        "stands for these stations alone.",
        "«Ұсынылған» деген бұл учаскелерді миссия атағанын білдіреді. Олар кездейсоқ іріктелген жоқ, ондағы бақылаулар "
        "осы учаскелерге ғана қатысты.",
        "«Предложено» означает, что эти участки назвала миссия. Они не были отобраны случайно, и увиденное там "
        "относится только к этим участкам.",
    ),
    "own-route": _text(
        "You choose the polling stations yourselves from the list of your area. Record where you were: the order is "
        "yours.",
        "Сайлау учаскелерін өз аумағыңыздың тізімінен өзіңіз таңдайсыз. Қайда болғаныңызды жазып отырыңыз: реті өз "
        "еркіңізде.",
        "Избирательные участки вы выбираете сами из списка своей территории. Записывайте, где были: порядок за вами.",
    ),
    "hidden": _text(
        "Further stops are shown on your phone when their time comes. They stand on no paper.",
        "Қалған аялдамалар уақыты келгенде телефоныңызда көрсетіледі. Олар ешбір қағазда жазылмайды.",
        "Остальные остановки будут показаны на вашем телефоне, когда придет их время. На бумаге их нет.",
    ),
    "from": _text("from", "басталуы", "с"),
    "until": _text("until", "аяқталуы", "до"),
    "what": _text("What", "Не", "Что"),
    "reports": _text("Reports that we expect of you", "Сізден күтілетін есептер", "Отчеты, которых мы ждем от вас"),
    "no-reports": _text(
        "Nothing in particular is expected. Send a report after every visit.",
        "Нақты ештеңе күтілмейді. Әр барғаннан кейін есеп жіберіңіз.",
        "Ничего определенного не ожидается. Отправляйте отчет после каждого посещения.",
    ),
    "form": _text("Form", "Нысан", "Форма"),
    "stations": _text("Polling stations of your area", "Аумағыңыздағы сайлау учаскелері", "Участки вашей территории"),
    "number": _text("Number", "Нөмірі", "Номер"),
    "name": _text("Name and address", "Атауы және мекенжайы", "Название и адрес"),
    "kind": _text("Type", "Түрі", "Тип"),
    "voters": _text("Voters", "Сайлаушылар", "Избиратели"),
    "forms": _text("Forms in this pack", "Осы топтамадағы нысандар", "Формы в этом комплекте"),
    "forms-how": _text(
        "They are in the folder “forms” of the same file, to be printed as often as they are needed.",
        "Олар осы файлдың «forms» бумасында: қажетінше басып шығарыңыз.",
        "Они в папке «forms» того же файла: печатайте столько, сколько нужно.",
    ),
}
SAFETY: tuple[Text, ...] = (
    _text(
        "Your safety comes first. Leave when you do not feel safe, and call when you are away.",
        "Ең алдымен – сіздің қауіпсіздігіңіз. Қауіп сезсеңіз, кетіп қалыңыз, ұзап шыққан соң қоңырау шалыңыз.",
        "Ваша безопасность важнее всего. Уезжайте, если чувствуете опасность, и позвоните, когда будете далеко.",
    ),
    _text(
        "Check in when you set out, when you change places, and when you are back.",
        "Жолға шыққанда, орын ауыстырғанда және оралғанда хабарласыңыз.",
        "Выходите на связь перед выездом, при смене места и по возвращении.",
    ),
    _text(
        "Observe, do not interfere; say nothing about what you found.",
        "Бақылаңыз, араласпаңыз; байқағаныңыз туралы ештеңе айтпаңыз.",
        "Наблюдайте и не вмешивайтесь; ничего не говорите о том, что увидели.",
    ),
    _text(
        "Keep this pack with you. If it is lost, tell the desk at once, and the code is closed.",
        "Бұл материалдарды өзіңізбен алып жүріңіз. Жоғалса, бірден штабқа хабарлаңыз, код жабылады.",
        "Держите эти материалы при себе. Если они потеряны, сразу сообщите в штаб, и код будет закрыт.",
    ),
)
ROLES: Mapping[Role, Text] = {
    Role.OPENING: _text("opening", "ашылу", "открытие"),
    Role.VOTING: _text("voting", "дауыс беру", "голосование"),
    Role.COUNT: _text("count", "санау", "подсчет"),
    Role.TABULATION: _text("tabulation", "қорытындылау", "сведение"),
    Role.ALL_DAY: _text("all day", "күні бойы", "весь день"),
}
KINDS: Mapping[StationKind, Text] = {
    StationKind.REGULAR: _text("regular", "кәдімгі", "обычный"),
    StationKind.HOSPITAL: _text("hospital", "аурухана", "больница"),
    StationKind.PRISON: _text("place of detention", "қамау орны", "место заключения"),
    StationKind.MILITARY: _text("military", "әскери", "военный"),
    StationKind.ABROAD: _text("abroad", "шетелде", "за рубежом"),
    StationKind.MOBILE: _text("mobile", "жылжымалы", "передвижной"),
    StationKind.COMMISSION: _text("commission", "комиссия", "комиссия"),
}
MODES: Mapping[Mode, Text] = {
    Mode.AREA: _text("own route", "өз бағыты", "свой маршрут"),
    Mode.SUGGESTED: _text(
        "own route; opening and count suggested",
        "өз бағыты; ашылу мен санау ұсынылған",
        "свой маршрут; открытие и подсчет предложены",
    ),
    Mode.ROUTE: _text("suggested route", "ұсынылған бағыт", "предложенный маршрут"),
    Mode.ALL_DAY: _text("one station all day", "күні бойы бір учаске", "один участок весь день"),
}
