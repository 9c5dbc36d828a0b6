using System.Net;
using Baton.Operations;

namespace Baton.Channels.Chat;

/// <summary>
/// How much one visitor and one address may do. Kept in memory; a restart forgets.
/// </summary>
internal sealed class ChatLimits(ChannelOptions channels, TimeProvider clock)
{
    /// <summary>Subjects that are counted at once; with more the oldest are forgotten.</summary>
    private const int Most = 20_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset Until)> _done = [];
    private readonly Queue<string> _order = new();
    private readonly Dictionary<string, int> _streams = [];
    private int _all;

    private ChatOptions Options => channels.Chat;

    /// <summary>How long the caller has to wait, or null; counts the request.</summary>
    /// <param name="ticket">Null where there is no conversation yet.</param>
    public TimeSpan? Take(IPAddress? address, string? ticket)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var wait = Count("a " + CallerAddress.Of(address), Options.PerMinuteAndAddress, now);
            return ticket is null ? wait : wait ?? Count("t " + ticket, Options.PerMinute, now);
        }
    }

    /// <summary>A place for a stream, to be given back; null when there is none.</summary>
    public IDisposable? Enter(IPAddress? address, string ticket)
    {
        string[] subjects = ["a " + CallerAddress.Of(address), "t " + ticket];
        lock (_gate)
        {
            if (_all >= Options.Streams || _streams.GetValueOrDefault(subjects[0]) >= Options.StreamsPerAddress
                || _streams.GetValueOrDefault(subjects[1]) >= Options.StreamsPerConversation) return null;
            _all++;
            foreach (var subject in subjects) _streams[subject] = _streams.GetValueOrDefault(subject) + 1;
        }
        return new Place(this, subjects);
    }

    private TimeSpan? Count(string subject, int limit, DateTimeOffset now)
    {
        if (_done.TryGetValue(subject, out var known) && known.Until > now)
        {
            if (known.Count >= limit) return known.Until - now;
            _done[subject] = known with { Count = known.Count + 1 };
            return null;
        }
        if (!_done.ContainsKey(subject)) _order.Enqueue(subject);
        _done[subject] = (1, now + Window);
        while (_done.Count > Most && _order.TryDequeue(out var oldest)) _done.Remove(oldest);
        return null;
    }

    private void Leave(string[] subjects)
    {
        lock (_gate)
        {
            _all--;
            foreach (var subject in subjects)
                if (--_streams[subject] == 0) _streams.Remove(subject);
        }
    }

    private sealed class Place(ChatLimits limits, string[] subjects) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) limits.Leave(subjects);
        }
    }
}
