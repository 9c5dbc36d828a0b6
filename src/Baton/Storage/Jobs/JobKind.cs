namespace Baton.Storage.Jobs;

/// <summary>A kind of job that a host adds to those of the product.</summary>
internal sealed record JobKind(string Name, JobHandler Handle);
