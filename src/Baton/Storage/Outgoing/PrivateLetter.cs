namespace Baton.Storage.Outgoing;

/// <summary>
/// A mail to one person, written at the moment it is sent and kept nowhere: it may hold a link that works once.
/// </summary>
/// <param name="To">E-mail address.</param>
internal sealed record PrivateLetter(string To, string Title, string Text)
{
    /// <summary>Kind of their rows in the outbox, which hold who and why, and no words.</summary>
    public const string Kind = "letter";
}

/// <summary>Writes the letter of a row in the outbox; null when it is not wanted any more.</summary>
internal delegate Task<PrivateLetter?> PrivateLetters(OutboxMessage message, CancellationToken cancellationToken);
