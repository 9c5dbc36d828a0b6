using System.Net;
using System.Security.Cryptography;
using System.Text;
using Baton.Operations;

namespace Baton.Server.Api;

/// <summary>
/// Counts log-ins that were refused, by address and by the key that was tried: guessing from one place and trying one
/// stolen key from many places both come to a stop. Kept in memory; a restart forgets.
/// </summary>
internal sealed class LogInLimit(AccessOptions options, TimeProvider clock)
{
    /// <summary>Addresses and keys that are counted at once; with more the oldest are forgotten.</summary>
    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset Until)> _refused = [];
    private readonly Queue<string> _order = new();

    /// <summary>
    /// How long this caller has to wait, or null. Counts as refused until <see cref="Succeeded"/> is called.
    /// </summary>
    /// <param name="key">The key that is tried; null where an account counts by itself.</param>
    public TimeSpan? Take(IPAddress? address, string? key = null)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var subjects = Subjects(address, key);
            foreach (var subject in subjects)
                if (_refused.TryGetValue(subject, out var known) && known.Until > now
                    && known.Count >= options.LogInAttempts)
                    return known.Until - now;
            foreach (var subject in subjects) Count(subject, now);
            return null;
        }
    }

    /// <summary>Takes the attempt back: who has a key is not limited.</summary>
    public void Succeeded(IPAddress? address, string? key = null)
    {
        lock (_gate)
            foreach (var subject in Subjects(address, key))
                if (_refused.TryGetValue(subject, out var known))
                    _refused[subject] = known with { Count = known.Count - 1 };
    }

    private static string[] Subjects(IPAddress? address, string? key) => key is null ? [CallerAddress.Of(address)] :
        [CallerAddress.Of(address), "key " + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))];

    private void Count(string subject, DateTimeOffset now)
    {
        if (_refused.TryGetValue(subject, out var known) && known.Until > now)
        {
            _refused[subject] = known with { Count = known.Count + 1 };
            return;
        }
        if (!_refused.ContainsKey(subject)) _order.Enqueue(subject);
        _refused[subject] = (1, now + options.LogInWindow);
        while (_refused.Count > Most && _order.TryDequeue(out var oldest)) _refused.Remove(oldest);
    }
}
