using Baton.Storage;

namespace Baton.Conversations;

/// <summary>
/// What follows from facts, whoever brought them about: further facts, timers and notices, in the same transaction. The
/// store asks every one of them with each save, so that no way into a conversation can forget them.
/// </summary>
/// <param name="transaction">The transaction in which the facts were appended.</param>
/// <param name="before">The state the facts were decided on.</param>
/// <param name="facts">The new facts; none when a timer asks what has expired.</param>
/// <param name="at">Their time.</param>
internal delegate IReadOnlyList<ConversationEvent> FollowUp(
    WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at);
