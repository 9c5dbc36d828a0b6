namespace Baton.People;

/// <summary>Whether a person takes tickets now. The words are those of helpdesks' agent statuses.</summary>
internal enum Presence
{
    Online,
    Away,
    Offline,

    /// <summary>Finishing what is there; nothing new is offered.</summary>
    WrapUp,
}
