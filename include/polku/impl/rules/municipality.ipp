// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_MUNICIPALITY_IPP
#define POLKU_IMPL_RULES_MUNICIPALITY_IPP

#include <polku/rules/municipality.hpp>

#include <string>

namespace polku::inline POLKU_V::rules {

POLKU_DECL std::span<const municipality> municipalities() noexcept {
    static constexpr municipality list[] = {
        {"090", "Heinävesi", "Heinävesi", "12", "14"},
        {"146", "Ilomantsi", "Ilomants", "12", "14"},
        {"167", "Joensuu", "Joensuu", "12", "14"},
        {"176", "Juuka", "Juuka", "12", "14"},
        {"211", "Kangasala", "Kangasala", "", ""},
        {"240", "Kemi", "Kemi", "19", "21"},
        {"241", "Keminmaa", "Keminmaa", "19", "21"},
        {"260", "Kitee", "Kitee", "12", "14"},
        {"276", "Kontiolahti", "Kontiolahti", "12", "14"},
        {"297", "Kuopio", "Kuopio", "", ""},
        {"309", "Outokumpu", "Outokumpu", "12", "14"},
        {"320", "Kemijärvi", "Kemijärvi", "19", "21"},
        {"422", "Lieksa", "Lieksa", "12", "14"},
        {"426", "Liperi", "Liperi", "12", "14"},
        {"541", "Nurmes", "Nurmes", "12", "14"},
        {"583", "Pelkosenniemi", "Pelkosenniemi", "19", "21"},
        {"607", "Polvijärvi", "Polvijärvi", "12", "14"},
        {"614", "Posio", "Posio", "19", "21"},
        {"680", "Raisio", "Reso", "", ""},
        {"683", "Ranua", "Ranua", "19", "21"},
        {"698", "Rovaniemi", "Rovaniemi", "19", "21"},
        {"707", "Rääkkylä", "Rääkkylä", "12", "14"},
        {"732", "Salla", "Salla", "19", "21"},
        {"742", "Savukoski", "Savukoski", "19", "21"},
        {"751", "Simo", "Simo", "19", "21"},
        {"758", "Sodankylä", "Sodankylä", "19", "21"},
        {"837", "Tampere", "Tammerfors", "", ""},
        {"845", "Tervola", "Tervola", "19", "21"},
        {"848", "Tohmajärvi", "Tohmajärvi", "12", "14"},
        {"851", "Tornio", "Torneå", "19", "21"},
        {"905", "Vaasa", "Vasa", "15", "17"},
        {"976", "Ylitornio", "Övertorneå", "19", "21"},
    };
    return list;
}

POLKU_DECL std::span<const wellbeing_county> wellbeing_counties() noexcept {
    static constexpr wellbeing_county list[] = {
        {"01", "Itä-Uudenmaan hyvinvointialue", "Östra Nylands välfärdsområde"},
        {"02", "Keski-Uudenmaan hyvinvointialue", "Mellersta Nylands välfärdsområde"},
        {"03", "Länsi-Uudenmaan hyvinvointialue", "Västra Nylands välfärdsområde"},
        {"04", "Vantaan ja Keravan hyvinvointialue", "Vanda och Kervo välfärdsområde"},
        {"05", "Varsinais-Suomen hyvinvointialue", "Egentliga Finlands välfärdsområde"},
        {"06", "Satakunnan hyvinvointialue", "Satakunta välfärdsområde"},
        {"07", "Kanta-Hämeen hyvinvointialue", "Egentliga Tavastlands välfärdsområde"},
        {"08", "Pirkanmaan hyvinvointialue", "Birkalands välfärdsområde"},
        {"09", "Päijät-Hämeen hyvinvointialue", "Päijänne-Tavastlands välfärdsområde"},
        {"10", "Kymenlaakson hyvinvointialue", "Kymmenedalens välfärdsområde"},
        {"11", "Etelä-Karjalan hyvinvointialue", "Södra Karelens välfärdsområde"},
        {"12", "Etelä-Savon hyvinvointialue", "Södra Savolax välfärdsområde"},
        {"13", "Pohjois-Savon hyvinvointialue", "Norra Savolax välfärdsområde"},
        {"14", "Pohjois-Karjalan hyvinvointialue", "Norra Karelens välfärdsområde"},
        {"15", "Keski-Suomen hyvinvointialue", "Mellersta Finlands välfärdsområde"},
        {"16", "Etelä-Pohjanmaan hyvinvointialue", "Södra Österbottens välfärdsområde"},
        {"17", "Pohjanmaan hyvinvointialue", "Österbottens välfärdsområde"},
        {"18", "Keski-Pohjanmaan hyvinvointialue", "Mellersta Österbottens välfärdsområde"},
        {"19", "Pohjois-Pohjanmaan hyvinvointialue", "Norra Österbottens välfärdsområde"},
        {"20", "Kainuun hyvinvointialue", "Kajanalands välfärdsområde"},
        {"21", "Lapin hyvinvointialue", "Lapplands välfärdsområde"},
        {"90", "Helsingin kaupunki", "Helsingfors stad"},
        {"91", "Ahvenanmaa", "Åland"},
    };
    return list;
}

POLKU_DECL const municipality* find_municipality(std::string_view code) noexcept {
    for (const municipality& each : municipalities())
        if (each.code == code) return &each;
    return nullptr;
}

POLKU_DECL const wellbeing_county* find_wellbeing_county(std::string_view code) noexcept {
    for (const wellbeing_county& each : wellbeing_counties())
        if (each.code == code) return &each;
    return nullptr;
}

POLKU_DECL result<municipality> try_find_municipality(std::string_view code) {
    if (const municipality* const found = find_municipality(code)) return *found;
    std::string message = "municipality '" + std::string(code) + "' is not in the code list; ";
    for (const municipality& each : municipalities())
        if (code == each.name_fi || code == each.name_sv)
            return error(error_code::unknown_municipality,
                         message + "expected a code, which is " + std::string(each.code) + " for that name");
    return error(
        error_code::unknown_municipality,
        message + "expected a three-digit code of Statistics Finland that the list has, such as 698 (Rovaniemi)");
}

POLKU_DECL std::string_view region_on(const municipality& of, time::date day) noexcept {
    constexpr std::string_view heinavesi = "090";
    return of.code == heinavesi && day.year() <= 2020 ? std::string_view("10") : of.region;
}

}  // namespace polku::inline POLKU_V::rules

#endif
