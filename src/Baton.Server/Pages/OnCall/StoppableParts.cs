using Baton.Operations;
using Baton.Playbooks;

namespace Baton.Server.Pages.OnCall;

/// <summary>
/// What the kill switch can stop by name: a name that is none of these would stop nothing, and say nothing.
/// </summary>
internal static class StoppableParts
{
    /// <summary>Names of a scope, in order.</summary>
    /// <param name="channels">Those of the installation.</param>
    public static IReadOnlyList<string> Of(KillScope scope, Playbook playbook, IEnumerable<string> channels) =>
    [
        .. (scope switch
        {
            KillScope.Channel => channels,
            KillScope.Intent => playbook.Intents.Select(i => i.Name),
            KillScope.Agent => playbook.Agents.Select(a => a.Name),
            KillScope.Tool => playbook.Tools.Select(t => t.Name),
            KillScope.Provider => (playbook.Models?.Providers ?? []).Select(p => p.Name),
            _ => [],
        }).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>What is wrong with a name; null: it can be stopped.</summary>
    public static string? Unknown(KillScope scope, string name, Playbook playbook, IEnumerable<string> channels)
    {
        var names = Of(scope, playbook, channels);
        if (names.Contains(name)) return null;
        return $"there is no {EnumWords.Of(scope)} '{name}'{Suggestion.Hint(name, [.. names])}"
            + (names.Count == 0 ? ": the playbook has none" : $": there are {string.Join(", ", names)}");
    }

    /// <summary>What is wrong with letting a part go on that is not stopped; null: it is.</summary>
    public static string? NotStopped(KillScope scope, string name, IReadOnlyList<StoppedPart> stopped) =>
        stopped.Any(p => p.Scope == scope && p.Name == name) ? null
        : $"the {EnumWords.Of(scope)} '{name}' is not stopped; "
            + (stopped.Count == 0 ? "no part is" : $"stopped are {string.Join(", ", stopped.Select(p => $"{EnumWords.Of(p.Scope)} {p.Name}"))}");
}
