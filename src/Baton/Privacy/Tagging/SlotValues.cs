using System.Globalization;

namespace Baton.Privacy.Tagging;

/// <summary>Values for the slots of training sentences: from word lists, from labelled data, or invented.</summary>
internal sealed class SlotValues(
    Dictionary<string, string[]> words, ILookup<PersonalDataType, string> seen, Random random)
{
    private static readonly string[] Products = ["Trail Jacket", "tent", "Summit backpack", "boots", "Vega 40",
        "sleeping bag",
        "Ridge Parka", "headlamp", "Nordic Sweater", "stove", "laptop", "router", "Model X2", "blender"];

    private static readonly string[] StreetEnds = ["Street", "St", "St.", "Avenue", "Ave", "Road", "Rd", "Lane",
        "Drive", "Court",
        "Way", "Boulevard", "Blvd", "Place", "Terrace", "Close", "Crescent", "Square"];

    private readonly Dictionary<PersonalDataType, string[]> _seen = seen.ToDictionary(g => g.Key, g => g.ToArray());

    /// <summary>
    /// The pieces of one slot's value; <see cref="PersonalDataType.Literal"/> marks what is not personal.
    /// </summary>
    public IEnumerable<(string Value, PersonalDataType Type)> For(string slot) => slot switch
    {
        "FULL" => [(Full(), PersonalDataType.Person)],
        "FIRST" => [(Named("FirstName"), PersonalDataType.Person)],
        "LAST" => [(Named("LastName"), PersonalDataType.Person)],
        "TITLE" => [(Pick("Mr.", "Mrs.", "Ms.", "Dr.", "Miss", "Mr", "Mrs", "Ms", "Dr"), PersonalDataType.Title)],
        "JOB" => [(Chance(50) ? Seen(PersonalDataType.Title, v => v.Length > 4, () => Any("Job")) : Any("Job"),
            PersonalDataType.Title)],
        "CITY" => [(City(), PersonalDataType.Place)],
        "COUNTRY" => [(Named("Country"), PersonalDataType.Place)],
        "STATE" => [(Chance(50) ? Named("Region") : Letters(2), PersonalDataType.Place)],
        "NRP" => [(Capital(Any("Nationality")), PersonalDataType.Group)],
        "ORG" => [(Organisation(), PersonalDataType.Organisation)],
        "STREET" => [(Street(), PersonalDataType.Address)],
        "STREETNO" => [(StreetWithNumber(), PersonalDataType.Address)],
        "UNIT" => [(Unit(), PersonalDataType.Address)],
        "ADDRESS" => [(Address(), PersonalDataType.Address)],
        "ZIP" => [(Zip(), PersonalDataType.Zip)],
        "AGE" => [(random.Next(4, 99).ToString(), PersonalDataType.Age)],
        "DATE" => [(Date(), PersonalDataType.Date)],
        "DATETIME" => [($"{Date()} {random.Next(24):00}:{random.Next(60):00}", PersonalDataType.Date)],
        "DAY" => [(Capital(Any("Weekday", 7)), PersonalDataType.Date)],
        "YEAR" => [(random.Next(1900, 2026).ToString(), PersonalDataType.Date)],
        "PHONE" => [(Phone(), PersonalDataType.Phone)],
        "LICENSE" => [(Seen(PersonalDataType.DriverLicence, _ => true, () => Letters(1) + Digits(8)),
            PersonalDataType.DriverLicence)],
        "ORDER" => [(Pick("#" + Digits(4), "NW-" + Digits(5), Digits(6), Letters(2) + Digits(6), Digits(9)),
            PersonalDataType.Literal)],
        "AMOUNT" => [(Pick($"${Digits(2)}.{Digits(2)}", $"{Digits(3)} EUR", $"€{Digits(2)}", $"{Digits(2)} dollars"),
            PersonalDataType.Literal)],
        "PRODUCT" => [(Pick(Products), PersonalDataType.Literal)],
        "EMAIL" => [(Any("FirstName") + "." + Any("LastName") + "@example.com", PersonalDataType.Email)],
        "URL" => [("https://www." + Any("LastName") + Any("City") + ".com/", PersonalDataType.Domain)],
        "IP" => [($"{random.Next(11, 250)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}",
            PersonalDataType.IpAddress)],
        "CARD" => [(Seen(PersonalDataType.Card, _ => true, () => "4539148803436467"), PersonalDataType.Card)],
        "IBAN" => [(Seen(PersonalDataType.Iban, _ => true, () => "GB29NWBK60161331926819"), PersonalDataType.Iban)],
        "SSN" => [($"{random.Next(100, 660)}-{random.Next(10, 99)}-{random.Next(1000, 9999)}",
            PersonalDataType.NationalId)],
        _ => throw new InvalidDataException($"The training sentences have a slot '{slot}' that nothing fills."),
    };

    /// <summary>
    /// Another value for the same place: full names for full names, fragments of addresses for fragments.
    /// </summary>
    public string Like(string value, PersonalDataType type)
    {
        var parts = value.Count(c => c == ' ') + value.Count(c => c == '\n');
        return type switch
        {
            PersonalDataType.Person when Chance(60) => parts > 0 ? Full()
                : Named(Chance(50) ? "FirstName" : "LastName"),
            PersonalDataType.Organisation when Chance(50) => Organisation(),
            PersonalDataType.Place when Chance(50) && value.Length > 2 => City(),
            PersonalDataType.Phone when Chance(50) => Phone(),
            PersonalDataType.Age => random.Next(4, 99).ToString(),
            PersonalDataType.Title or PersonalDataType.Literal or PersonalDataType.Secret => value,
            PersonalDataType.Address when char.IsDigit(value[0]) && parts == 0 => Digits(value.Length),
            PersonalDataType.Address when parts > 4 && Chance(50) => Address(),
            _ => Seen(type, v => v.Count(c => c == ' ') == parts && char.IsDigit(v[0]) == char.IsDigit(value[0]),
                () => value),
        };
    }

    private string Full()
    {
        if (Chance(40)) return Seen(PersonalDataType.Person, v => v.Contains(' '), () => Named("FirstName"));
        var middle = Chance(20) ? " " + Letters(1) + (Chance(50) ? "." : "") : "";
        var particle = Chance(8) ? " " + Pick("van", "de", "von", "van der", "di", "el", "al") : "";
        var last = Chance(8) ? Named("LastName") + "-" + Named("LastName") : Named("LastName");
        return Named("FirstName") + middle + particle + " " + last;
    }

    private string City() => Chance(60) ? Seen(PersonalDataType.Place, _ => true, () => Named("City")) : Named("City");

    private string Organisation() => random.Next(6) switch
    {
        0 => Named("LastName") + " " + Pick("Inc", "Inc.", "LLC", "Ltd", "GmbH", "Group", "Corp", "AG", "Bank",
            "Solutions", "Hospital"),
        1 => Named("LastName") + Pick(" & ", " and ", "-") + Named("LastName"),
        2 => Named("LastName") + ", " + Named("LastName") + " and " + Named("LastName"),
        _ => Seen(PersonalDataType.Organisation, _ => true, () => Named("LastName") + " Inc"),
    };

    private string Street() => Chance(40)
        ? Seen(PersonalDataType.Address, v => v.Length > 6 && !v.Any(char.IsDigit), () => Named("LastName") + " Street")
        : random.Next(5) switch
        {
            0 => Pick("rue de ", "Calle ", "Via ", "ul. ", "Rua ", "Avenida ") + Named("LastName"),
            1 => Named("LastName") + Pick("straße", "strasse", "weg", "gasse", "straat", "gatan", " utca"),
            _ => Named(Chance(50) ? "LastName" : "City") + " " + Pick(StreetEnds),
        };

    private string StreetWithNumber() => Chance(70) ? Digits(random.Next(1, 5)) + " " + Street()
        : Street() + " " + Digits(random.Next(1, 4));

    private string Unit() => Pick("Apt. ", "Suite ", "Unit ", "Apt ", "Floor ", "#") + Digits(random.Next(1, 4));

    private string Address()
    {
        if (Chance(25)) return Seen(PersonalDataType.Address, v => v.Length > 25, StreetWithNumber);
        var separator = Pick(", ", "\n", " ", ", ");
        var unit = Chance(40) ? separator + Unit() : "";
        var place = random.Next(4) switch
        {
            0 => City() + " " + Zip(),
            1 => Zip() + " " + City(),
            2 => City() + ", " + Letters(2) + " " + Digits(5),
            _ => City() + separator + Named("Country"),
        };
        return StreetWithNumber() + unit + (Chance(85) ? separator + place : "");
    }

    private string Zip() => Chance(40) ? Seen(PersonalDataType.Zip, _ => true, () => Digits(5))
        : Digits(random.Next(4, 6));

    private string Date()
    {
        var date = new DateTime(random.Next(1930, 2027), random.Next(1, 13), random.Next(1, 29));
        var form = Pick("M/d/yyyy", "yyyy-MM-dd", "d MMMM yyyy", "MMMM d, yyyy", "dd.MM.yyyy", "MMM d", "d MMM",
            "d/M/yy");
        return date.ToString(form, CultureInfo.InvariantCulture);
    }

    private string Phone() => Chance(60)
        ? Seen(PersonalDataType.Phone, _ => true, () => "0" + Digits(9))
        : Pick($"+{random.Next(1, 99)} {Digits(3)} {Digits(7)}", $"({Digits(3)}) {Digits(3)}-{Digits(4)}",
            $"0{Digits(3)} {Digits(6)}",
            $"{Digits(3)}-{Digits(4)}", $"{Digits(3)} {Digits(2)} {Digits(2)}",
                $"{Digits(2)}-{Digits(2)}-{Digits(2)}-{Digits(2)}");

    private string Seen(PersonalDataType type, Func<string, bool> fits, Func<string> otherwise)
    {
        if (!_seen.TryGetValue(type, out var values)) return otherwise();
        for (var attempt = 0; attempt < 20; attempt++)
            if (values[random.Next(values.Length)] is var value && fits(value)) return value;
        return otherwise();
    }

    private string Named(string list) => string.Join('-', Any(list).Split('-').Select(Capital));

    private string Any(string list, int first = int.MaxValue) =>
        words[list][random.Next(Math.Min(first, words[list].Length))];

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private bool Chance(int percent) => random.Next(100) < percent;

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(i =>
        random.Next(i == 0 ? 1 : 0, 10)));

    private string Letters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ =>
        (char)('A' + random.Next(26))));
}
