namespace Baton.Conversations.Clearing;

/// <summary>A fact, the JSON the ledger would hold, and whether a text in it is personal data still.</summary>
internal sealed record ReadFact(ConversationEvent Fact, string Type, byte[] Json, bool HoldsData);
