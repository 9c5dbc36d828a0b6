using System.Collections.Concurrent;

namespace Baton;

/// <summary>
/// Remembers what is costly to make again; when it is full, it forgets everything and starts over. Safe to use from
/// many threads. It counts for itself: the count of a concurrent dictionary takes every one of its locks.
/// </summary>
/// <param name="most">Entries kept; a few more while several threads add at once.</param>
internal sealed class BoundedCache<TKey, TValue>(int most) where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _entries = new();
    private int _count;

    public ICollection<TKey> Keys => _entries.Keys;

    public bool Contains(TKey key) => _entries.ContainsKey(key);

    public TValue? Find(TKey key) => _entries.GetValueOrDefault(key);

    /// <summary>The value that is remembered, the same for every thread that asks at once.</summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        if (_entries.TryGetValue(key, out var known)) return known;
        var value = make(key);
        return !Add(key, value) && _entries.TryGetValue(key, out known) ? known : value;
    }

    public void Set(TKey key, TValue value)
    {
        if (!Add(key, value)) _entries[key] = value;
    }

    public void Forget(TKey key)
    {
        if (_entries.TryRemove(key, out _)) Interlocked.Decrement(ref _count);
    }

    private bool Add(TKey key, TValue value)
    {
        if (Volatile.Read(ref _count) >= most)
        {
            _entries.Clear();
            Volatile.Write(ref _count, 0);
        }
        if (!_entries.TryAdd(key, value)) return false;
        Interlocked.Increment(ref _count);
        return true;
    }
}
