using System.Numerics;

namespace Baton.Text.Learning;

/// <summary>
/// Numbers features in the order in which they are first seen. An open-addressing table of 64-bit keys: one or two
/// cache lines per look-up, 12 bytes per slot, at most half full.
/// </summary>
public sealed class Vocabulary
{
    private ulong[] _keys;
    private int[] _ids;
    private int _shift;

    /// <summary>An empty vocabulary with room for about <paramref name="expected"/> features before it grows.</summary>
    public Vocabulary(int expected = 1024)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expected * 2));
        (_keys, _ids) = (new ulong[size], new int[size]);
        _shift = 64 - BitOperations.Log2((uint)size);
    }

    /// <summary>How many features are known; ids are 0 … Count − 1.</summary>
    public int Count { get; private set; }

    /// <summary>The id of a feature, or −1 when it is unknown. Safe from several threads while nobody adds.</summary>
    public int Find(ulong key)
    {
        var keys = _keys;
        if (key == 0) key = 1;
        for (var slot = (int)(key >> _shift); ; slot = (slot + 1) & (keys.Length - 1))
        {
            if (keys[slot] == key) return _ids[slot];
            if (keys[slot] == 0) return -1;
        }
    }

    /// <summary>The id of a feature, which is given one when it is new.</summary>
    public int Add(ulong key)
    {
        if (key == 0) key = 1;
        if ((Count + 1) * 2 > _keys.Length) Grow();
        var slot = (int)(key >> _shift);
        while (_keys[slot] != 0)
        {
            if (_keys[slot] == key) return _ids[slot];
            slot = (slot + 1) & (_keys.Length - 1);
        }
        _keys[slot] = key;
        _ids[slot] = Count;
        return Count++;
    }

    /// <summary>Every key, at the place of its id.</summary>
    public ulong[] Keys()
    {
        var keys = new ulong[Count];
        for (var slot = 0; slot < _keys.Length; slot++)
            if (_keys[slot] != 0) keys[_ids[slot]] = _keys[slot];
        return keys;
    }

    /// <summary>Writes the keys in order of id.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (var key in Keys()) writer.Write(key);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The count is negative or a key occurs twice.</exception>
    public static Vocabulary Load(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        if (count is < 0 or > 1 << 28)
            throw new InvalidDataException($"A vocabulary of {count} features is not possible.");
        var vocabulary = new Vocabulary(Math.Min(count, 1 << 16));
        for (var i = 0; i < count; i++)
            if (vocabulary.Add(reader.ReadUInt64()) != i) throw new InvalidDataException("A feature occurs twice.");
        return vocabulary;
    }

    private void Grow()
    {
        var (keys, ids) = (_keys, _ids);
        (_keys, _ids) = (new ulong[keys.Length * 2], new int[keys.Length * 2]);
        _shift--;
        for (var old = 0; old < keys.Length; old++)
        {
            if (keys[old] == 0) continue;
            var slot = (int)(keys[old] >> _shift);
            while (_keys[slot] != 0) slot = (slot + 1) & (_keys.Length - 1);
            (_keys[slot], _ids[slot]) = (keys[old], ids[old]);
        }
    }
}
