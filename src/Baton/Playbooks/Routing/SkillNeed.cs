using System.Globalization;

namespace Baton.Playbooks;

/// <summary>A skill that a ticket asks for.</summary>
/// <param name="Level">The least that is enough, 1 to 10.</param>
public readonly record struct SkillNeed(string Name, int Level)
{
    public const int HighestLevel = 10;

    /// <summary><c>refunds</c> or <c>refunds:5</c>; null when it is neither.</summary>
    public static SkillNeed? Parse(string text)
    {
        var parts = text.Split(':');
        if (parts[0].Length == 0 || parts.Length > 2) return null;
        if (parts.Length == 1) return new SkillNeed(parts[0], 1);
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && level is >= 1 and <= HighestLevel ? new SkillNeed(parts[0], level) : null;
    }
}
