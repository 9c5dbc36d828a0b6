using System.Text.RegularExpressions;
using Baton.Playbooks;
using NodaTime;

namespace Baton.People;

/// <summary>What may be said of a person. Pure.</summary>
internal static partial class PersonRules
{
    public const int LongestName = 100, LongestEmail = 200, LargestCapacity = 100, HighestLevel = 10;

    /// <summary>Queues, skills or languages of one person.</summary>
    private const int MostWords = 50;

    /// <summary>The details as they are kept: trimmed, e-mail and languages in lower case, nothing twice.</summary>
    public static PersonDetails Tidy(PersonDetails details) => details with
    {
        Name = details.Name.Trim(),
        Email = details.Email.Trim().ToLowerInvariant(),
        Queues = [.. details.Queues.Select(q => q.Trim()).Distinct()],
        Languages = [.. details.Languages.Select(l => l.Trim().ToLowerInvariant()).Distinct()],
        TimeZone = details.TimeZone.Trim(),
    };

    /// <summary>What cannot be kept, or null: the field, its value and what to write.</summary>
    public static string? Problem(PersonDetails details)
    {
        if (details.Name.Length is 0 or > LongestName || details.Name.Any(char.IsControl))
            return $"name '{details.Name}': use 1 to {LongestName} characters";
        if (details.Email.Length > LongestEmail || !Email().IsMatch(details.Email))
            return $"e-mail '{details.Email}': write an address such as ann@example.com";
        if (details.Capacity is < 1 or > LargestCapacity)
            return $"capacity {details.Capacity}: use 1 to {LargestCapacity} points";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(details.TimeZone) is null)
            return $"time zone '{details.TimeZone}' is unknown"
                + Suggestion.Hint(details.TimeZone, DateTimeZoneProviders.Tzdb.Ids);
        if (details.OutOfOffice is { From: { } from, Until: var until } && from >= until)
            return $"out of office from {from:u} until {until:u}: the end must come after the beginning";
        return Words(details);
    }

    /// <summary>A queue that the playbook does not have, or null: nothing would ever come from it.</summary>
    public static string? UnknownQueue(PersonDetails details, Playbook playbook) =>
        details.Queues.FirstOrDefault(queue => playbook.FindQueue(queue) is null) is { } unknown
            ? $"there is no queue '{unknown}'{Suggestion.Hint(unknown, [.. playbook.Queues.Select(q => q.Name)])}"
            : null;

    private static string? Words(PersonDetails details)
    {
        if (Math.Max(details.Queues.Count, Math.Max(details.Skills.Count, details.Languages.Count)) > MostWords)
            return $"queues, skills and languages: at most {MostWords} of each";
        if (details.Queues.FirstOrDefault(q => !Word().IsMatch(q)) is { } queue)
            return $"queue '{queue}': write its name as in queues.yaml, such as billing";
        if (details.Skills.Keys.FirstOrDefault(s => !Word().IsMatch(s)) is { } skill)
            return $"skill '{skill}': write its name as in queues.yaml, such as refunds";
        foreach (var (name, level) in details.Skills)
            if (level is < 1 or > HighestLevel) return $"skill '{name}' has level {level}: use 1 to {HighestLevel}";
        return details.Languages.FirstOrDefault(l => !Language().IsMatch(l)) is { } language
            ? $"language '{language}': write its ISO 639 code, such as de"
            : null;
    }

    [GeneratedRegex(@"^[^\s@,;<>""]+@[^\s@,;<>""]+\.[^\s@,;<>""]+$")]
    private static partial Regex Email();

    [GeneratedRegex(@"^[\p{L}\p{N}_.\-]{1,64}$")]
    private static partial Regex Word();

    [GeneratedRegex("^[a-z]{2,3}$")]
    private static partial Regex Language();
}
