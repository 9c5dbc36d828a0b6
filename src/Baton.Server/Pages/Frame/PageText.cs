using System.Globalization;
using Baton.Conversations.Tickets;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Route = Baton.Playbooks.Route;

namespace Baton.Server.Pages.Frame;

/// <summary>Figures, times and closed sets as the console writes them.</summary>
internal static class PageText
{
    public static string Ms(double value) => value >= 1000
        ? (value / 1000).ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>Cents, or more digits where the amount is smaller than a cent.</summary>
    public static string Usd(decimal value) =>
        "$" + value.ToString(value != 0 && value < 1 ? "0.00####" : "#,0.00", CultureInfo.InvariantCulture);

    /// <summary>As exact as people read it: four digits that count, at least cents.</summary>
    public static string UsdRounded(decimal value) => UsdIn(value, Math.Abs(value) >= 0.1m ? 10 : value);

    /// <summary>With as many digits for every amount of a column as its largest one needs.</summary>
    public static string UsdIn(decimal value, decimal largest) => "$" + value.ToString(
        Math.Abs(largest) switch { 0 or >= 10 => "#,0.00", >= 0.1m => "0.0000", >= 0.001m => "0.000000",
            _ => "0.0000000" },
        CultureInfo.InvariantCulture);

    /// <summary>A number of a page's address, or null when it is not there.</summary>
    /// <exception cref="TicketFormatException">It is none, or none of those that are taken.</exception>
    public static int? Number(string field, string? text, Func<int, bool> isTaken, string taken) =>
        string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && isTaken(number)
        ? number
        : throw new TicketFormatException(field, $"is '{text}': use {taken}");

    public static string Share(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>To the minute, where a forecast cannot be more exact.</summary>
    public static string Minute(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>For columns whose head names the zone.</summary>
    public static string Short(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("d MMM, HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>To the minute, for columns whose head names the zone.</summary>
    public static string ShortMinute(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The form that machines read, for <c>&lt;time datetime&gt;</c>.</summary>
    public static string Iso(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    /// <summary><c>human_now</c> as people read it.</summary>
    public static string Spaced(string word) => word.Replace('_', ' ');

    public static string Title(Route route) => route switch
    {
        Route.Auto => "Answer automatically",
        Route.Ask => "Ask one question back",
        Route.HumanNow => "A person, now",
        _ => "Hand off to " + EnumWords.Of(route).ToUpperInvariant(),
    };

    /// <summary>Tabler's badge colours by how much a person is needed.</summary>
    public static string Badge(string? route) => route switch
    {
        "auto" => "badge bg-green-lt",
        "ask" => "badge bg-azure-lt",
        "human_now" => "badge bg-red-lt",
        null => "badge bg-secondary-lt",
        _ => "badge bg-orange-lt",
    };

    public static string StatusBadge(string status) => status switch
    {
        "open" => "badge bg-blue-lt",
        "waiting" => "badge bg-green-lt",
        "escalated" => "badge bg-orange-lt",
        "claimed" => "badge bg-purple-lt",
        _ => "badge bg-secondary-lt",
    };

    public static string TierBadge(string tier) => tier switch
    {
        TierNames.Rules => "badge bg-secondary-lt",
        TierNames.Local => "badge bg-teal-lt",
        TierNames.Commodity => "badge bg-indigo-lt",
        TierNames.Reasoning => "badge bg-purple-lt",
        _ => "badge bg-red-lt",
    };

    /// <summary>A refusal as a sentence, with what was typed: that is not lost.</summary>
    public static string WithTyped(string problem, string? text) =>
        $"{char.ToUpperInvariant(problem[0])}{problem[1..].TrimEnd('.')}."
        + (string.IsNullOrWhiteSpace(text) ? "" : $"\n\nYou wrote:\n{text}");

    /// <summary>Address of a ticket; ids may hold characters that addresses use.</summary>
    public static string TicketPath(string id) => "/tickets/" + Uri.EscapeDataString(id);
}
