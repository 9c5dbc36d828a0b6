namespace Baton.Storage.Outgoing;

/// <summary>A message to people in several forms, kept where it was made: every attempt sends the same.</summary>
/// <param name="To">As of a <see cref="Notice"/>.</param>
/// <param name="Text">For channels that take nothing but text.</param>
/// <param name="Html">A whole page; its one picture is <c>cid:chart</c>.</param>
/// <param name="Chart">PNG.</param>
/// <param name="Mail">E-mail addresses; none: where notices go.</param>
internal sealed record PreparedNotice(
    string To, string Title, string Text, string Html, byte[] Chart, DateTimeOffset At, IReadOnlyList<string> Mail)
{
    /// <summary>Kind of their rows in the outbox.</summary>
    public const string Kind = "digest";
}

/// <summary>Finds the message of a row in the outbox; null when it is no longer there.</summary>
internal delegate PreparedNotice? PreparedNotices(OutboxMessage message);
