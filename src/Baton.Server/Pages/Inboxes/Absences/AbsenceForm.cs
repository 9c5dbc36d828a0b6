namespace Baton.Server.Pages.Inboxes.Absences;

/// <summary>When somebody is out of office, as the form sends it.</summary>
internal sealed class AbsenceForm
{
    public string? From { get; set; }

    public string? Until { get; set; }

    /// <summary>Id of the person who stands in; empty: the queue.</summary>
    public string? StandIn { get; set; }

    public string? Action { get; set; }

    public string? Back { get; set; }
}
