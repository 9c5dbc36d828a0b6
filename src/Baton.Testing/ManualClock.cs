using Microsoft.Extensions.Time.Testing;

namespace Baton.Testing;

/// <summary>A clock that moves only when told to; timers made from it fire while it moves.</summary>
public sealed class ManualClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>Starts on a Wednesday at noon UTC, inside everybody's office hours.</summary>
    public ManualClock() : this(new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero)) { }
}
