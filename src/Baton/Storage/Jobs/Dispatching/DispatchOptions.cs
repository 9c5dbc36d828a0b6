using System.ComponentModel.DataAnnotations;

namespace Baton.Storage.Jobs.Dispatching;

/// <summary>How work reaches the workers of several processes.</summary>
public sealed record DispatchOptions : IValidatableObject
{
    /// <summary>
    /// A RabbitMQ broker that tells free workers of work, such as <c>amqps://baton:…@mq:5671/baton</c>. Null, the
    /// default: workers look into the database by themselves. Only with PostgreSQL.
    /// </summary>
    public string? Amqp { get; init; }

    /// <summary>Start of the names of its queues, for installations that share a virtual host.</summary>
    [RegularExpression("[a-z0-9-]{1,40}", ErrorMessage = "takes up to 40 small letters, digits and hyphens")]
    public string Prefix { get; init; } = "baton";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Amqp is not null
            && !(Uri.TryCreate(Amqp, UriKind.Absolute, out var address) && address.Scheme is "amqp" or "amqps"))
        {
            // Without the value: it may hold a password.
            yield return new ValidationResult(
                "is no address of a broker: write it like amqps://user:password@host:5671/vhost", [nameof(Amqp)]);
        }
    }
}
