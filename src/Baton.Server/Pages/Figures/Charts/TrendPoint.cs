namespace Baton.Server.Pages.Figures.Charts;

/// <summary>A share at a time, with its interval.</summary>
/// <param name="Key">What it is of, such as a run or a week.</param>
/// <param name="When">Short, for the axis.</param>
/// <param name="Changed">What changed before it: see <see cref="TrendChange"/>.</param>
public sealed record TrendPoint(
    string Key, string When, double Value, double Low, double High, long N, IReadOnlyList<string> Changed)
{
    /// <summary>In words.</summary>
    public string Said => FormattableString.Invariant($"{When}: {Value:P1} of {N:N0} ({Low:P1} to {High:P1})")
        + (Changed.Count == 0 ? "" : $", after a change of {string.Join(" and ", Changed)}");
}

/// <summary>What a change of the playbook was about: models and knowledge are parts of it, and told apart.</summary>
internal static class TrendChange
{
    public const string Playbook = "playbook", Models = "models", Knowledge = "knowledge";

    /// <summary>In the order of the key.</summary>
    public static readonly IReadOnlyList<string> All = [Playbook, Models, Knowledge];

    /// <param name="parts">Changed files and folders; null: they are not kept any more.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string>? parts)
    {
        if (parts is null) return [Playbook];
        var kinds = parts.Select(part => part.StartsWith("models.yaml", StringComparison.Ordinal) ? Models
            : part.StartsWith("knowledge", StringComparison.Ordinal) ? Knowledge : Playbook).ToHashSet();
        return [.. All.Where(kinds.Contains)];
    }
}
