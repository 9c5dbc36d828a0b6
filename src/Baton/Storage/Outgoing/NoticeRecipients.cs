namespace Baton.Storage.Outgoing;

/// <summary>E-mail addresses of those whom a notice is for; empty where nobody has one.</summary>
/// <param name="to">As in <see cref="Notice.To"/>.</param>
internal delegate IReadOnlyList<string> NoticeRecipients(string to);
