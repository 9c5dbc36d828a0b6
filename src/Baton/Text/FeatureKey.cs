using System.Runtime.CompilerServices;

namespace Baton.Text;

/// <summary>
/// A feature's identity as a 64-bit number. Strings are never built or stored: a vocabulary of numbers is smaller and
/// faster, and at 64 bits two different features practically never meet (1 in 10⁹ for 100,000 features).
/// </summary>
public static class FeatureKey
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>
    /// The key of a piece of text. <paramref name="family"/> keeps kinds of features apart (words, letters, …). The
    /// same on every machine and in every process, so it can be stored.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(uint family, ReadOnlySpan<char> text)
    {
        var hash = Start(family);
        foreach (var c in text) hash = Step(hash, c);
        return Finish(hash);
    }

    /// <summary>The key of an ordered pair of features, such as two words in a row.</summary>
    public static ulong Pair(uint family, ulong first, ulong second) =>
        Finish(((family + 1) * Prime) ^ (first * 0xD6E8FEB86659FD93) ^ ulong.RotateLeft(
            second * 0xC2B2AE3D27D4EB4F, 31));

    /// <summary>The running hash of an empty text.</summary>
    public static ulong Start(uint family) => (family + 1) * Prime;

    /// <summary>Adds one character to a running hash; end with <see cref="Finish"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Step(ulong hash, char c) => (ulong.RotateLeft(hash, 5) ^ c) * 0x517CC1B727220A95;

    /// <summary>Mixes a running hash so that every bit of the key depends on every character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }

    /// <summary>
    /// A bucket in a table of 2^<paramref name="bits"/>: the hashing trick, for models without a vocabulary.
    /// </summary>
    public static int Bucket(ulong key, int bits) => (int)(key >> (64 - bits));
}
