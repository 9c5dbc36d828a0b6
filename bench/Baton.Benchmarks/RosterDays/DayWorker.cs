namespace Baton.Benchmarks.RosterDays;

/// <summary>A person of the simulated team, who works on one ticket after the other.</summary>
internal sealed class DayWorker(string id, string[] queues, TimeSpan shift)
{
    public string Id => id;

    public string[] Queues => queues;

    /// <summary>Start of the shift after midnight.</summary>
    public TimeSpan Shift => shift;

    /// <summary>Tickets taken and not begun.</summary>
    public Queue<string> Work { get; } = [];

    public bool Busy { get; set; }

    public bool Away { get; set; } = true;

    public int Tickets { get; set; }

    public double OnlineHours { get; set; }
}
