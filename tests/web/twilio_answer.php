<?php
// What twilio-php sends with, for a test: it notes the request and answers with nothing in particular.

namespace Twilio\Http;

use Judge\Record;
use Twilio\AuthStrategy\AuthStrategy;

class CurlClient implements Client
{
    public function request(
        string $method,
        string $url,
        array $params = [],
        array $data = [],
        array $headers = [],
        ?string $user = null,
        ?string $password = null,
        ?int $timeout = null,
        ?AuthStrategy $authStrategy = null
    ): Response {
        Record::$sent[] = \compact('method', 'url', 'params', 'data', 'headers');
        $page = ['meta' => ['key' => 'items', 'page_size' => 50, 'url' => $url], 'items' => []];
        $status = ['POST' => 201, 'DELETE' => 204][$method] ?? 200;
        return new Response($status, $method === 'DELETE' ? '' : \json_encode($page));
    }
}
