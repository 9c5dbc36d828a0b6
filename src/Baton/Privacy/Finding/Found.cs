namespace Baton.Privacy.Finding;

/// <summary>A finding in the folded text, end exclusive.</summary>
internal readonly record struct Found(int Start, int End, PersonalDataType Type, double Score)
{
    /// <summary>From this score on a finding inside a link is kept instead of the link.</summary>
    public const double SurePart = 0.96;

    public int Length => End - Start;

    /// <summary>
    /// Chooses among overlapping findings: the surer one when the difference is clear, else the longer one. The
    /// result is ordered and does not overlap. <paramref name="all"/> is sorted in place.
    /// </summary>
    public static void Settle(List<Found> all)
    {
        if (all.Count < 2) return;
        all.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var kept = 0;
        for (var i = 1; i < all.Count; i++)
        {
            var next = all[i];
            while (kept >= 0 && next.Start < all[kept].End && next.Beats(all[kept])) kept--;
            if (kept >= 0 && next.Start < all[kept].End) continue;
            all[++kept] = next;
        }
        all.RemoveRange(kept + 1, all.Count - kept - 1);
    }

    private bool Beats(Found other)
    {
        // A card in a link: the link may be left in the text, and the card must not stay with it.
        if (IsPrecious && other.IsHarmless) return true;
        if (IsHarmless && other.IsPrecious) return false;
        // The same for whatever form settles in the parts of a link.
        if (other.Type == PersonalDataType.Domain && IsPart) return true;
        if (Type == PersonalDataType.Domain && other.IsPart) return false;
        var inside = Start >= other.Start && End <= other.End;
        if (inside) return Score > other.Score + 0.3;
        return Length > other.Length ? Score > other.Score - 0.3 : Score > other.Score + 0.1;
    }

    private bool IsPrecious => Type is PersonalDataType.Card or PersonalDataType.Secret && Score >= 0.7;

    private bool IsPart => Score >= SurePart && !IsHarmless;

    /// <summary>Of a type that the product's profile leaves in the text.</summary>
    private bool IsHarmless => !RedactionProfile.Support.Types.Contains(Type);
}
