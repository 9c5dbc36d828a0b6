namespace Baton.Conversations.Routing;

/// <summary>Whether people are there for a queue now.</summary>
internal delegate bool StaffedQueue(string queue);
