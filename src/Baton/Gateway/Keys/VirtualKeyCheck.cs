using Baton.Gateway.Routing;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Privacy;

namespace Baton.Gateway.Keys;

/// <summary>Finds what can never work about a key, before it is made.</summary>
internal static class VirtualKeyCheck
{
    private const int MaxNameChars = 100, MaxPerMinute = 1_000_000;
    private static readonly Usd MostBudget = new(1_000_000_000m);

    /// <summary>What is wrong, all of it; empty when nothing is.</summary>
    /// <param name="policy">The models that are served; a key may ask for some of these.</param>
    public static IReadOnlyList<string> Problems(VirtualKey key, ModelsPolicy policy)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(key.Name) || key.Name.Length > MaxNameChars)
            problems.Add($"the name '{key.Name}' has {key.Name.Length} characters; give 1 to {MaxNameChars}");
        if (ActorName.Problem(key.Name) is { } named) problems.Add($"the name '{key.Name}' {named}");
        foreach (var tag in key.Tags)
            if ((ActorName.Problem(tag.Key) ?? ActorName.Problem(tag.Value)) is { } tagged)
                problems.Add($"--tag '{tag.Key}={tag.Value}' {tagged}");
        if (key.Budget is { } budget && (budget.Limit <= Usd.Zero || budget.Limit > MostBudget))
            problems.Add($"--budget {budget.Limit}: give more than 0 and at most {MostBudget} USD, or leave it out");
        if (key.RequestsPerMinute is { } rate and (< 1 or > MaxPerMinute))
            problems.Add($"--per-minute {rate}: give 1 to {MaxPerMinute}, or leave it out");
        string[] known = [.. policy.Tiers.Select(t => t.Name), .. policy.Models.Select(m => m.Name),
            .. policy.Auto is null ? (string[])[] : [Router.Auto]];
        foreach (var name in key.Models.Where(name => !known.Contains(name)))
        {
            problems.Add(known.Length == 0
                ? $"--model {name}: the playbook declares no models; "
                    + "name the one that is served with --playbook or --models"
                : $"--model {name}: unknown{Suggestion.Hint(name, known)}; there are {string.Join(", ", known)}");
        }
        return problems;
    }
}
