using Baton.Playbooks.Loading.Source;
using NodaTime;

namespace Baton.Playbooks.Loading;

/// <summary>Reads the <c>brand</c> of <c>playbook.yaml</c>.</summary>
internal static class BrandReader
{
    /// <summary>Holes of the fixed texts.</summary>
    private static readonly string[] KnownHoles = ["promise", "ticket", "brand"];

    private const string Offers = "offers", Link = "link";

    public static Brand Read(Section brand)
    {
        var locale = brand.RequiredLocated("locale", "en");
        CheckLanguage(locale, brand.Problems);
        var languages = brand.Texts("languages");
        foreach (var language in languages) CheckLanguage(language, brand.Problems);
        var read = new Brand
        {
            Name = brand.Text("name", "Northwind Outfitters"),
            TimeZone = Zone(brand.RequiredLocated("time_zone", "America/Denver"), brand.Problems)?.Id ?? "",
            Locale = locale?.Text ?? "",
            Languages = languages.Count > 0 ? [.. languages.Select(l => l.Text)] : [locale?.Text ?? ""],
            Voice = brand.Text("voice", "Friendly, short, concrete."),
            Greeting = FixedText(brand, "greeting", "Hi,"),
            Signature = FixedText(brand, "signature", "Your support team"),
            EscalatedText = FixedText(
                brand, "escalated_text", "Thank you for writing. {promise} Your ticket is {ticket}."),
            OffersText = OffersText(brand, "offers_text", Brand.DefaultOffersText),
            AskedOffersText = OffersText(brand, "asked_offers_text", Brand.DefaultAskedOffersText),
            CrisisText = OptionalText(brand, "crisis_text", Brand.DefaultCrisisText),
            SolvedText = OptionalText(brand, "solved_text", Brand.DefaultSolvedText),
            ClosedText = OptionalText(brand, "closed_text", Brand.DefaultClosedText),
            ApprovalText = OptionalText(brand, "approval_text", Brand.DefaultApprovalText),
            RatingText = RatingText(brand),
            WaitingText = FixedText(brand, "waiting_text", "Your ticket {ticket} is with our team. {promise}"),
            KillSwitchText = FixedText(
                brand, "kill_switch_text", "We will answer within 4 hours. Your ticket is {ticket}."),
            KillSwitchPromise = brand.Duration("kill_switch_promise", TimeSpan.FromMinutes(5), TimeSpan.FromDays(7))
                ?? TimeSpan.FromHours(4),
        };
        CheckPromise(brand, read.EscalatedText);
        brand.Close();
        return read;
    }

    /// <summary>A brand with other words: what is left out stays.</summary>
    public static Brand Over(Brand brand, Section own)
    {
        var read = brand with
        {
            Name = own.OptionalText("name") ?? brand.Name,
            Greeting = OptionalText(own, "greeting", brand.Greeting),
            Signature = OptionalText(own, "signature", brand.Signature),
            EscalatedText = OptionalText(own, "escalated_text", brand.EscalatedText),
            OffersText = OffersText(own, "offers_text", brand.OffersText),
            AskedOffersText = OffersText(own, "asked_offers_text", brand.AskedOffersText),
            CrisisText = OptionalText(own, "crisis_text", brand.CrisisText),
            SolvedText = OptionalText(own, "solved_text", brand.SolvedText),
            ClosedText = OptionalText(own, "closed_text", brand.ClosedText),
            ApprovalText = OptionalText(own, "approval_text", brand.ApprovalText),
            RatingText = own.Has("rating_text") ? RatingText(own) : brand.RatingText,
            WaitingText = OptionalText(own, "waiting_text", brand.WaitingText),
            KillSwitchText = OptionalText(own, "kill_switch_text", brand.KillSwitchText),
        };
        CheckPromise(own, read.EscalatedText);
        own.Close();
        return read;
    }

    /// <summary>The zone of that name, or null after reporting.</summary>
    public static DateTimeZone? Zone(Located? name, ProblemList problems)
    {
        if (name is not { } given) return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(given.Text) is { } zone) return zone;
        var hint = Suggestion.Closest(given.Text, DateTimeZoneProviders.Tzdb.Ids) is { } closest
            ? $"did you mean '{closest}'?"
            : "write an IANA name such as 'Europe/Berlin'";
        problems.Add(given, $"unknown time zone '{given.Text}'; {hint}");
        return null;
    }

    /// <summary>Reports a language that is not two small letters.</summary>
    public static void CheckLanguage(Located? language, ProblemList problems)
    {
        if (language is not { } given || (given.Text.Length == 2 && given.Text.All(char.IsAsciiLetterLower))) return;
        problems.Add(given, $"'{given.Text}' is not a language; write its ISO 639-1 code such as 'en'");
    }

    private static void CheckPromise(Section brand, string escalated)
    {
        if (escalated.Length == 0 || escalated.Contains("{promise}", StringComparison.Ordinal)) return;
        if (brand.Located("escalated_text") is { } at)
            brand.Problems.Add(at,
                "'escalated_text' lacks the hole {promise}, so that nobody is told when to expect an answer; add it");
    }

    private static string OffersText(Section brand, string name, string otherwise)
    {
        if (brand.Located(name) is not { } given) return otherwise;
        Holes.Check(given, name, [.. KnownHoles, Offers], brand.Problems);
        if (!given.Text.Contains($"{{{Offers}}}", StringComparison.Ordinal))
            brand.Problems.Add(given, $"'{name}' lacks the hole {{offers}}, so that nothing is offered; add it");
        return given.Text;
    }

    private static string RatingText(Section brand)
    {
        if (brand.Located("rating_text") is not { } given) return "";
        Holes.Check(given, "rating_text", [Link], brand.Problems);
        if (!given.Text.Contains($"{{{Link}}}", StringComparison.Ordinal))
            brand.Problems.Add(given, "'rating_text' lacks the hole {link}, so that nobody can rate; add it");
        return given.Text;
    }

    private static string OptionalText(Section brand, string name, string otherwise)
    {
        if (brand.Located(name) is not { } given) return otherwise;
        Holes.Check(given, name, KnownHoles, brand.Problems);
        return given.Text;
    }

    private static string FixedText(Section brand, string name, string example)
    {
        Holes.Check(brand.RequiredLocated(name, $"\"{example}\""), name, KnownHoles, brand.Problems);
        return brand.OptionalText(name) ?? "";
    }
}
