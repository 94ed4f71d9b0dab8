using System.Net.Sockets;
using Azure;
using Azure.Identity;

namespace Agency.Silo.AzureTables;

/// <summary>What an answer of the table service means.</summary>
internal static class Failures
{
    /// <summary>A condition did not hold: the row is there already, is not there, or is another one by now. Nothing was done.</summary>
    public static bool OfContention(RequestFailedException e) => e.Status is 404 or 409 or 412;

    /// <summary>The storage is away, or does not let us in. What became of a write is not known.</summary>
    public static bool OfTheMedium(Exception e) => e switch
    {
        RequestFailedException { ErrorCode: "TableNotFound" or "TableBeingDeleted" } => true,
        RequestFailedException { Status: 0 or 401 or 403 or 408 or 429 or >= 500 } => true,
        AggregateException or IOException or HttpRequestException or SocketException or OperationCanceledException or AuthenticationFailedException => true,
        _ => false,
    };

    /// <summary>The storage is there and does not let us in.</summary>
    public static bool OfTheAccount(Exception e) => e is AuthenticationFailedException or RequestFailedException { Status: 401 or 403 };

    /// <summary>The first line of the cause, of several the last one's: the service adds all headers to it.</summary>
    public static string Sentence(Exception e) => (e is AggregateException { InnerExceptions: [.., var last] } ? last : e).GetBaseException().Message.Split('\n', 2)[0].Trim().TrimEnd('.') + '.';
}
