namespace Baton.Storage.Events;

/// <summary>A set of positions of the ledger, kept as ranges because those of a month lie side by side.</summary>
internal static class LedgerPositions
{
    /// <summary>Positions as ranges, in order.</summary>
    public static List<(long From, long To)> Ranges(IEnumerable<long> positions)
    {
        var ranges = new List<(long From, long To)>();
        foreach (var at in positions.Order())
            if (ranges.Count == 0 || at > ranges[^1].To + 1) ranges.Add((at, at));
            else ranges[^1] = (ranges[^1].From, Math.Max(at, ranges[^1].To));
        return ranges;
    }

    /// <summary>Ranges as bytes: how far each is from the one before, and how long it is.</summary>
    public static byte[] Pack(IReadOnlyList<(long From, long To)> ranges)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var last = 0L;
        foreach (var (from, to) in ranges)
        {
            writer.Write7BitEncodedInt64(from - last);
            writer.Write7BitEncodedInt64(to - from);
            last = to;
        }
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>What <see cref="Pack"/> made.</summary>
    public static List<(long From, long To)> Unpack(byte[] packed)
    {
        var ranges = new List<(long From, long To)>();
        using var reader = new BinaryReader(new MemoryStream(packed));
        for (var last = 0L; reader.BaseStream.Position < packed.Length;)
        {
            var from = last + reader.Read7BitEncodedInt64();
            last = from + reader.Read7BitEncodedInt64();
            ranges.Add((from, last));
        }
        return ranges;
    }

    /// <summary>What is in the first ranges and not in the second; both in order.</summary>
    public static List<(long From, long To)> Without(
        IReadOnlyList<(long From, long To)> ranges, IReadOnlyList<(long From, long To)> taken)
    {
        var left = new List<(long From, long To)>();
        var next = 0;
        foreach (var (from, to) in ranges)
        {
            var at = from;
            while (next < taken.Count && taken[next].To < at) next++;
            for (var i = next; i < taken.Count && taken[i].From <= to; i++)
            {
                if (taken[i].From > at) left.Add((at, taken[i].From - 1));
                at = Math.Max(at, taken[i].To + 1);
            }
            if (at <= to) left.Add((at, to));
        }
        return left;
    }
}
