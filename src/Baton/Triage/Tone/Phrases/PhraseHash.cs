namespace Baton.Triage.Tone.Phrases;

/// <summary>
/// Stable 32-bit hashes (FNV-1a with a finishing mix), the same on every machine: weights depend on them.
/// </summary>
internal static class PhraseHash
{
    public static uint Of(ReadOnlySpan<char> letters)
    {
        var hash = 2166136261u;
        foreach (var c in letters) hash = (hash ^ c) * 16777619u;
        return Mix(hash);
    }

    public static uint Join(uint left, uint right) => Mix((left * 2654435761u) ^ (right + 0x9E3779B9u + (left << 6)));

    private static uint Mix(uint h)
    {
        h ^= h >> 16;
        h *= 0x7FEB352Du;
        h ^= h >> 15;
        h *= 0x846CA68Bu;
        return h ^ (h >> 16);
    }
}
