using System.Text.RegularExpressions;

namespace Baton.Playbooks.Macros;

/// <summary>
/// The holes of macros: filled where the value is known, and never sent by accident where it is not. Pure.
/// </summary>
public static partial class MacroHoles
{
    /// <summary>Holes that every ticket fills, as far as it knows the value.</summary>
    public const string Customer = "customer", Ticket = "ticket", Agent = "agent", Brand = "brand", Promise = "promise";

    /// <summary>Those names; fields of the playbook are holes besides.</summary>
    public static readonly IReadOnlyList<string> Known = [Customer, Ticket, Agent, Brand, Promise];

    /// <summary>The text with what is known; a hole without a value stays as it is.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Hole().Replace(text,
        hole => values.TryGetValue(hole.Groups[1].Value, out var value) && value.Length > 0 ? value : hole.Value);

    /// <summary>Names of the holes of a text, each once, in their order.</summary>
    public static IReadOnlyList<string> Of(string text) =>
        [.. Hole().Matches(text).Select(hole => hole.Groups[1].Value).Distinct()];

    /// <summary>Every hole of a playbook's macros, with what belongs there.</summary>
    public static IReadOnlyDictionary<string, string> All(IEnumerable<Macro> macros) => macros
        .SelectMany(m => Of(m.Text).Select(hole => (Hole: hole, What: m.Asks.GetValueOrDefault(hole) ?? Spaced(hole))))
        .DistinctBy(h => h.Hole).ToDictionary(h => h.Hole, h => h.What);

    /// <summary>Why a reply cannot be sent yet, or null: a hole of a macro is still in it.</summary>
    public static string? Problem(IEnumerable<Macro> macros, string text)
    {
        var all = All(macros);
        var left = Of(text).Where(all.ContainsKey).Select(hole => $"{{{hole}}} ({all[hole]})").ToList();
        return left.Count == 0 ? null : $"the reply still has {string.Join(", ", left)}: fill it in, or take it out";
    }

    private static string Spaced(string name) => name.Replace('_', ' ');

    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\}")]
    private static partial Regex Hole();
}
