using System.Collections.Concurrent;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Measured;

namespace Baton.Tools.Running;

/// <summary>How a system behind tools stands.</summary>
internal sealed record DependencyState(string Name, bool IsOpen, int Failures, DateTimeOffset? TriedAgainAt);

/// <summary>
/// One breaker for each system behind tools. It opens after a few failures in a row, because support makes few calls
/// and each costs a customer's time: while it is open nothing is tried, and tickets go to people.
/// </summary>
internal sealed class Dependencies(TimeProvider clock)
{
    /// <summary>Failures in a row that open it.</summary>
    private const int Most = 3;

    /// <summary>After this one call tries whether it is back.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Breaker> _breakers = new();

    /// <summary>Every system that was called, by name.</summary>
    public IReadOnlyList<DependencyState> States =>
        [.. _breakers.OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => b.Value.State(b.Key))];

    /// <summary>What a tool depends on: its host, its MCP server, or Baton itself.</summary>
    public static string NameOf(Tool tool)
    {
        if (tool.Mcp is { } mcp) return $"mcp:{mcp.Server.Name}";
        if (tool.Builtin is not null) return "baton";
        return tool.Url.StartsWith("{base}", StringComparison.Ordinal) ? "base"
            : Uri.TryCreate(tool.Url.Split('{')[0], UriKind.Absolute, out var address) ? address.Host : tool.Name;
    }

    /// <summary>Whether a call may be tried; while it rests nobody may, then one at a time.</summary>
    public bool MayCall(string name) => Of(name).MayCall(clock.GetUtcNow());

    public void Note(string name, bool works) => Of(name).Note(works, clock.GetUtcNow());

    /// <summary>How long a call took that was answered.</summary>
    public void Took(string name, TimeSpan time) => Of(name).Took(time.TotalMilliseconds, clock.GetUtcNow());

    /// <inheritdoc cref="ReadSeries"/>
    public IEnumerable<SeriesPoint> Read(ReadConnection connection, DateTimeOffset now)
    {
        foreach (var (name, breaker) in _breakers)
        {
            if (breaker.State(name).IsOpen) yield return new(SeriesNames.BreakerOpen, 1, name);
            if (breaker.Slower(now) is { } times) yield return new(SeriesNames.ToolSlow, times, name);
        }
    }

    private Breaker Of(string name) => _breakers.GetOrAdd(name, _ => new Breaker());

    private sealed class Breaker
    {
        private readonly Lock _lock = new();
        private readonly CallTimes _times = new();
        private int _failures;
        private DateTimeOffset? _again;

        public DependencyState State(string name)
        {
            lock (_lock) return new DependencyState(name, _again is not null, _failures, _again);
        }

        public bool MayCall(DateTimeOffset now)
        {
            lock (_lock)
            {
                if (_again is not { } again) return true;
                if (now < again) return false;
                // Whoever comes now tries it; the others wait until that has an end, or another rest is over.
                _again = now + Rest;
                return true;
            }
        }

        public void Took(double ms, DateTimeOffset now)
        {
            lock (_lock) _times.Add(ms, now);
        }

        public double? Slower(DateTimeOffset now)
        {
            lock (_lock) return _times.Slower(now);
        }

        public void Note(bool works, DateTimeOffset now)
        {
            lock (_lock)
            {
                _failures = works ? 0 : _failures + 1;
                _again = _failures >= Most ? now + Rest : null;
            }
        }
    }
}
